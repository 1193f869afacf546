def model(dbt, session):
    """All landed rows, typed, each with its violations of ingest/hubblo_gpu/contract.py."""
    import sys

    from ingest.hubblo_gpu.contract import check_impact_factors

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    # dbt finds a ref only in a plain assignment
    components = dbt.ref("hubblo_gpu__components").pl()
    rows = dbt.source("raw", "hubblo_gpu__impact_factors")
    return check_impact_factors(rows, {"component": set(components["component"])})
