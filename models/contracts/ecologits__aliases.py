def model(dbt, session):
    """All landed rows of aliases, typed, each with its violations of ingest/ecologits/contract.py."""
    import sys

    from ingest.contract import check
    from ingest.ecologits.contract import Aliases

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    return check(dbt.source("raw", "ecologits__aliases"), Aliases)
