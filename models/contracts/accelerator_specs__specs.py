def model(dbt, session):
    """All landed rows, typed, each with its violations of ingest/accelerator_specs/contract.py."""
    import sys

    from ingest.accelerator_specs.contract import Specs
    from ingest.contract import check

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    objects = dbt.ref("objects").pl()
    accelerators = objects.filter(objects["object_class"] == "accelerator")
    return check(dbt.source("raw", "accelerator_specs__specs"), Specs, {"accelerator": set(accelerators["object_id"])})
