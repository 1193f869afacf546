"""What makes up a result."""

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Page, Row, Section
from cradle.report.pages.interpretation.flagships import VIEW, Result, not_modelled, results
from cradle.report.pages.interpretation.wording import called
from cradle.report.quantities import written

_DIMENSIONS = {"service_part": "part", "life_cycle_stage": "stage", "object": "thing", "factor_source": "source"}
_DRAWN = 12


def page(marts: Marts) -> Page:
    """The significant issues of each total of the flagships."""
    return Page(
        "hotspots",
        "What makes up a result?",
        "Interpretation",
        "Shares of each total by part of the service, stage of the life cycle, thing and source of factors, with what"
        " they add up to. Significant are those that make up the first 80 %, largest first: a threshold of ours, as"
        f" ISO 14044 leaves it to the study. Shares of a partial total are shares of the modelled part."
        f"{not_modelled(marts)}",
        [_section(marts, result) for result in results(marts)],
        short="Hotspots",
    )


def _section(marts: Marts, result: Result) -> Section:
    rows = marts.rows(
        """
        select dimension, member, contribution, unit, share, cumulative_share, is_significant, share_of, licence_set
        from marts.hotspots
        where scenario_id = ? and impact_category = ? and electricity_view = ? and is_additive
            and dimension in ('service_part', 'life_cycle_stage', 'object', 'factor_source')
        order by list_position(['object', 'service_part', 'life_cycle_stage', 'factor_source'], dimension),
            contribution_rank, member
        """,
        result.scenario,
        result.category,
        VIEW,
    )
    things = [row for row in rows if row["dimension"] == "object"]
    drawn = [{**row, "thing": called(row["member"])} for row in things[:_DRAWN]]
    return Section(
        result.slug,
        result.heading,
        _in_words(result, rows),
        rows,
        "marts.hotspots, location view",
        charts.pareto(drawn, "thing", "share", "cumulative_share", f"share of {result.category} {result.of}", limit=0.8)
        if drawn
        else None,
        f"Bars of the share of each thing{_of_all(things)}, largest first; the points are what a thing and all above it"
        " make up, the dashed line stands at 80 %. Parts, stages and sources are in the table.",
    )


def _of_all(things: list[Row]) -> str:
    return f" (the first {_DRAWN} of {len(things)})" if len(things) > _DRAWN else ""


def _in_words(result: Result, rows: list[Row]) -> str:
    said = []
    for dimension, name in _DIMENSIONS.items():
        members = [row for row in rows if row["dimension"] == dimension]
        if members:
            first = members[0]
            significant = sum(bool(row["is_significant"]) for row in members)
            said.append(
                f"{name} {called(first['member'])} ({_percent(first['share'])};"
                f" {significant} of {len(members)} make up 80 %)"
            )
    if not said:
        return f"{result.said(result.value)}; the warehouse does not say what makes it up."
    return f"Largest in {result.said(result.value)} {result.of}: {', '.join(said)}."


def _percent(share: float) -> str:
    return f"{written(round(100 * share, 1))} %"
