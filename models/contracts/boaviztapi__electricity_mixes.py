def model(dbt, session):
    """All landed electricity mixes, typed, each with its violations of ingest/boaviztapi/contract.py."""
    import sys

    from ingest.boaviztapi.contract import check_electricity_mixes

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    return check_electricity_mixes(dbt.source("raw", "boaviztapi__electricity_mixes"))
