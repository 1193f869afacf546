def model(dbt, session):
    """All landed rows of hardware, typed, each with its violations of ingest/ecologits/contract.py."""
    import sys

    from ingest.ecologits.contract import check_hardware

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    return check_hardware(dbt.source("raw", "ecologits__hardware"))
