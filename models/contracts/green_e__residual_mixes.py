def model(dbt, session):
    """All landed residual mixes, typed, each with its violations of ingest/green_e/contract.py."""
    import sys

    from ingest.green_e.contract import check_residual_mixes

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    return check_residual_mixes(dbt.source("raw", "green_e__residual_mixes"))
