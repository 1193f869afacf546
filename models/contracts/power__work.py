def model(dbt, session):
    """All landed work of power traces, typed, each with its violations of ingest/power/contract.py."""
    import sys

    from ingest.power.contract import Work, check_entity

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    return check_entity(dbt.source("raw", "power__work"), Work)
