def model(dbt, session):
    """All rows of the user's inventories, typed, each with its violations of ingest/user_inventory/contract.py."""
    import sys

    from ingest.user_inventory.contract import check_flows

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    # dbt finds a ref only in a plain assignment
    units = dbt.ref("units").pl()
    stages = dbt.ref("life_cycle_stages").pl()
    flows = dbt.source("raw", "user_inventory__flows")
    return check_flows(
        flows,
        {
            "life_cycle_stage": set(stages["life_cycle_stage"]),
            "mass_unit": {row["unit"] for row in units.to_dicts() if row["canonical_unit"] == "kg"},
            "reference_unit": set(units["unit"]),
        },
    )
