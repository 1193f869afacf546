def model(dbt, session):
    """All landed potentials, typed, each with its violations of ingest/ipcc_gwp/contract.py."""
    import sys

    from ingest.ipcc_gwp.contract import check_potentials

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    return check_potentials(dbt.source("raw", "ipcc_gwp__potentials"))
