def model(dbt, session):
    """All landed rows, typed, each with its violations of ingest/nvidia_pcf/contract.py."""
    import sys

    from ingest.nvidia_pcf.contract import check_summaries

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    products = dbt.ref("nvidia_pcf__products").pl()
    return check_summaries(dbt.source("raw", "nvidia_pcf__summaries"), set(products["product"]))
