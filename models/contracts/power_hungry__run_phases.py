def model(dbt, session):
    """All landed phases of runs, typed, each with its violations of ingest/power_hungry/contract.py."""
    import sys

    from ingest.power_hungry.contract import check_run_phases

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    return check_run_phases(dbt.source("raw", "power_hungry__run_phases"))
