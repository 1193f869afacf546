def model(dbt, session):
    """All landed rows, typed, each with its violations of ingest/boavizta_devices/contract.py."""
    import sys

    from ingest.boavizta_devices.contract import check_footprints

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    # dbt finds a ref only in a plain assignment
    subcategories = dbt.ref("boavizta_devices__subcategories").pl()
    rows = dbt.source("raw", "boavizta_devices__footprints")
    vocabularies = {name: set(subcategories[name]) for name in ("device_category", "device_subcategory")}
    return check_footprints(rows, vocabularies)
