def model(dbt, session):
    """All landed cells of the user's tables, typed, each with its violations of ingest/reference_tables/contract.py."""
    import sys

    from ingest.reference_tables.contract import check_cells

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    return check_cells(dbt.source("raw", "reference_tables__cells"))
