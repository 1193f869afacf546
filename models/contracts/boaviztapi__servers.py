def model(dbt, session):
    """All landed server archetypes, typed, each with its violations of ingest/boaviztapi/contract.py."""
    import sys

    from ingest.boaviztapi.contract import Servers
    from ingest.contract import check

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    return check(dbt.source("raw", "boaviztapi__servers"), Servers)
