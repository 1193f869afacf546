def model(dbt, session):
    """All landed cells of small tables, typed, each with its violations of ingest/boaviztapi/contract.py."""
    import sys

    from ingest.boaviztapi.contract import ArchetypeFields
    from ingest.contract import check

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    return check(dbt.source("raw", "boaviztapi__archetype_fields"), ArchetypeFields)
