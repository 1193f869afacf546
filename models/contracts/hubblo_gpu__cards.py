def model(dbt, session):
    """All landed rows, typed, each with its violations of ingest/hubblo_gpu/contract.py."""
    import sys

    from ingest.hubblo_gpu.contract import check_cards

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    rows = dbt.source("raw", "hubblo_gpu__cards")
    return check_cards(rows)
