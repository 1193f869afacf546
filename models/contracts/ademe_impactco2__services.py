def model(dbt, session):
    """All landed entries of services, typed, each with its violations of ingest/ademe_impactco2/contract.py."""
    import sys

    from ingest.ademe_impactco2.contract import Services
    from ingest.contract import check

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    entries = dbt.ref("ademe_impactco2__entries").pl()
    landed = dbt.source("raw", "ademe_impactco2__services").pl()
    checked = check(landed, Services, {"entry_id": set(entries["entry_id"])})
    return checked.with_columns(landed["value"].alias("as_printed"))
