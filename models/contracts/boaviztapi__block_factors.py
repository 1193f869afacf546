def model(dbt, session):
    """All landed numbers of blocks, typed, each with its violations of ingest/boaviztapi/contract.py."""
    import sys

    from ingest.boaviztapi.contract import check_block_factors

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    return check_block_factors(dbt.source("raw", "boaviztapi__block_factors"))
