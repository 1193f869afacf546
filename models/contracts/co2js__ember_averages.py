def model(dbt, session):
    """All landed rows of ember_averages, typed, each with its violations of ingest/co2js/contract.py."""
    import sys

    from ingest.co2js.contract import check_ember_averages

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    return check_ember_averages(dbt.source("raw", "co2js__ember_averages"))
