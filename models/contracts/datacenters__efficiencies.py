def model(dbt, session):
    """All landed rows, typed, each with its violations of ingest/datacenters/contract.py."""
    import sys

    from ingest.contract import check
    from ingest.datacenters.contract import Efficiencies

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    # dbt finds a ref only in a plain assignment
    geographies = dbt.ref("geographies").pl()
    efficiencies = dbt.source("raw", "datacenters__efficiencies")
    return check(efficiencies, Efficiencies, {"geography_id": set(geographies["geography_id"])})
