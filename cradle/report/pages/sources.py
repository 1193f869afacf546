"""Sources and licences: who published what, what may be done with it, and how many factors came of it."""

from cradle.report.ask import Marts
from cradle.report.page import Page, Section

_MAY_BE_PASSED_ON = {
    "yes": "may be passed on",
    "share-alike": "may be passed on under the same licence",
    "no": "may not be passed on",
}


def page(marts: Marts) -> Page:
    """The page of sources, a section for each answer to whether the data may be passed on."""
    answers = marts.rows(
        "select distinct redistributable from marts.sources order by list_position(['yes', 'share-alike', 'no'],"
        " redistributable), redistributable"
    )
    return Page(
        "sources",
        "Sources and licences",
        "Provenance",
        "Who published what, and what may be done with it.",
        [_licences(marts), *(_group(marts, row["redistributable"]) for row in answers)],
    )


def _licences(marts: Marts) -> Section:
    rows = marts.rows(
        """
        with factors as (
            select licence_id, count(*) as factors
            from marts.factors
            group by licence_id
        )
        select
            sources.licence_id,
            any_value(sources.licence_name order by sources.licence_name) as licence_name,
            string_agg(distinct sources.redistributable, '; ' order by sources.redistributable) as redistributable,
            count(*) as sources,
            max(factors.factors) as factors,
            any_value(sources.licence_url order by sources.licence_url) as licence_url
        from marts.sources
        left join factors on sources.licence_id = factors.licence_id
        group by sources.licence_id
        order by sources desc, licence_id
        """
    )
    return Section(
        "licences",
        "Licences",
        "Each licence with the sources under it and the factors under it in this warehouse; an empty number of factors"
        " means that no factor is under it. Passing data on is bound to these licences.",
        rows,
        "marts.sources, marts.factors",
    )


def _group(marts: Marts, redistributable: str) -> Section:
    rows = marts.rows(
        """
        with factors as (
            select source_id, count(*) as factors
            from marts.factors
            group by source_id
        )
        select
            sources.source_id,
            sources.title,
            sources.producer,
            sources.version,
            sources.licence_id,
            coalesce(sources.origin, 'not landed') as origin,
            sources.rows_landed,
            factors.factors,
            sources.landing_page,
            sources.citation,
            sources.file_sha256,
            sources.kind,
            sources.redistributable
        from marts.sources
        left join factors on sources.source_id = factors.source_id
        where sources.redistributable = ?
        order by factors.factors desc nulls last, sources.source_id
        """,
        redistributable,
    )
    return Section(
        f"sources-{redistributable}",
        f"Sources whose data {_MAY_BE_PASSED_ON.get(redistributable, redistributable)}",
        f"{len(rows)} sources, those with most factors first. No number of rows or factors: nothing of the source is"
        " landed here, or its figures are quoted in seeds.",
        rows,
        "marts.sources, marts.factors",
    )
