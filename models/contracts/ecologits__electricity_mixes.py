def model(dbt, session):
    """All landed rows of electricity_mixes, typed, each with its violations of ingest/ecologits/contract.py."""
    import sys

    from ingest.ecologits.contract import check_electricity_mixes

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    return check_electricity_mixes(dbt.source("raw", "ecologits__electricity_mixes"))
