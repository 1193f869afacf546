def model(dbt, session):
    """All landed numbers of factors.yml, typed, each with its violations of ingest/boaviztapi/contract.py."""
    import sys

    from ingest.boaviztapi.contract import check_component_factors

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    return check_component_factors(dbt.source("raw", "boaviztapi__component_factors"))
