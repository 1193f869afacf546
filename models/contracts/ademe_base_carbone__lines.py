def model(dbt, session):
    """All landed lines, typed, each with its violations of ingest/ademe_base_carbone/contract.py."""
    import sys

    from ingest.ademe_base_carbone.contract import check_lines

    sys.tracebacklimit = 0  # a broken contract is one message, not a traceback
    dbt.config(materialized="table")
    # dbt finds a ref only in a plain assignment
    terms = dbt.ref("ademe_base_carbone__terms").pl()
    units = dbt.ref("ademe_base_carbone__units").pl()
    lines = dbt.source("raw", "ademe_base_carbone__lines")
    vocabularies = {
        name: set(part["term_as_printed"]) for (name,), part in terms.partition_by("column_name", as_dict=True).items()
    }
    return check_lines(lines, vocabularies | {"unit_fr": set(units["unit_as_printed"])})
