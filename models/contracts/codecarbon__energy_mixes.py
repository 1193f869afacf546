def model(dbt, session):
    """All landed countries, typed, each with its violations of ingest/codecarbon/contract.py."""
    import sys

    from ingest.codecarbon.contract import check_energy_mixes

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    return check_energy_mixes(dbt.source("raw", "codecarbon__energy_mixes"))
