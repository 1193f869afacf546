def model(dbt, session):
    """All landed runs of tasks, typed, each with its violations of ingest/power_hungry/contract.py."""
    import sys

    from ingest.power_hungry.contract import check_task_runs

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    return check_task_runs(dbt.source("raw", "power_hungry__task_runs"))
