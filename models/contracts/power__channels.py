def model(dbt, session):
    """All landed channels of power traces, typed, each with its violations of ingest/power/contract.py."""
    import sys

    from ingest.power.contract import Channels, check_entity

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    return check_entity(dbt.source("raw", "power__channels"), Channels)
