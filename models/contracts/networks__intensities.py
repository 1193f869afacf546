def model(dbt, session):
    """All landed rows, typed, each with its violations of ingest/networks/contract.py."""
    import sys

    from ingest.contract import check
    from ingest.networks.contract import Intensities

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    # dbt finds a ref only in a plain assignment
    geographies = dbt.ref("geographies").pl()
    intensities = dbt.source("raw", "networks__intensities")
    return check(intensities, Intensities, {"geography_id": set(geographies["geography_id"])})
