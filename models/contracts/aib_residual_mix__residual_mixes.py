def model(dbt, session):
    """All landed residual mixes, typed, each with its violations of ingest/aib_residual_mix/contract.py."""
    import sys

    from ingest.aib_residual_mix.contract import check_residual_mixes

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    return check_residual_mixes(dbt.source("raw", "aib_residual_mix__residual_mixes"))
