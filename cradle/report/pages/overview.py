"""The first page: what is in the warehouse and how far it reproduces what is published."""

from collections.abc import Iterator

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Link, Page, Row, Section, slug_of
from cradle.report.pages.interpretation import flagships
from cradle.report.pages.studies import grid, index
from cradle.report.quantities import spelled

_AGREEMENT = {"inside print rounding": "#0072B2", "within 1 %": "#56B4E9", "further off": "#000000"}


def page(marts: Marts) -> Page:
    """The overview."""
    studies = index.studies(marts)
    recomputed = sum(study.recomputed for study in studies)
    reproduced = sum(study.reproduced for study in studies)
    (counted,) = marts.rows(
        """
        select
            (select count(*) from marts.sources) as sources,
            (select count(*) from marts.factors) as factors,
            (select count(distinct scenario_id) from marts.impact_totals) as scenarios
        """
    )
    return Page(
        "index",
        "Cradle: footprints of AI services, with their sources",
        "Overview",
        "Climate, water, metal and energy figures of AI services. Each number has its source, boundary, range and"
        " licence; what is not modelled is said and never counts as nothing.",
        [*_service(marts), reproduced_results(studies), _modelled(marts), _disagreement(marts)],
        short="Overview",
        tiles=[
            (f"{reproduced} of {recomputed}", "printed results reproduced, inside print rounding or within 1 %"),
            (f"{len(studies)}", "studies with printed results"),
            (f"{counted['scenarios']:,}", "scenarios of services"),
            (f"{counted['factors']:,}", "factors, none averaged"),
            (f"{counted['sources']:,}", "sources, each with its licence"),
        ],
    )


def _service(marts: Marts) -> Iterator[Section]:
    """The climate impact of the first flagship by part and stage; nothing where this warehouse does not have it."""
    result = next(iter(flagships.results(marts)), None)
    if result is not None:
        (stated,) = marts.rows("select task from marts.scenario_list where scenario_id = ?", result.scenario)
        rows = [row for row in grid.cells(marts, [result.scenario]) if row["impact_category"] == result.category]
        yield service(result, stated["task"], rows, _page_of(marts, result.scenario))


def _page_of(marts: Marts, scenario: str) -> Link | None:
    """The page of the study that prints most results of a scenario."""
    printed = marts.rows(
        "select study_id from marts.published_results where scenario_id = ? group by all"
        " order by count(*) desc, study_id limit 1",
        scenario,
    )
    return next((Link("All its parts, stages and categories", _address(row["study_id"])) for row in printed), None)


def _address(study_id: str) -> str:
    return f"{slug_of(f'study-{study_id}')}.html"


def service(result: flagships.Result, task: str, rows: list[Row], more: Link | None = None) -> Section:
    """A service by part and stage; `task` is what it is stated for, `rows` its cells in the category of the result.

    `more` leads to the page that has all of it.
    """
    panel = grid.by_part(rows, result.category)
    return Section(
        "service",
        f"{result.title}: {result.category} by part and stage",
        f"{task}. In all {result.said(result.value)} {result.of}, electricity by the grid. What is not modelled has"
        f" words where its bar would be. Where each number comes from: cradle explain {result.scenario}.",
        rows,
        f"marts.impacts_by_part_stage_category, scenario {result.scenario}, location view",
        panel.chart if panel else None,
        "Bars by service part, divided by life-cycle stage; words where a part or a phase has no value.",
        more=more,
    )


def reproduced_results(studies: list[index.Study]) -> Section:
    """The studies with the share of their printed results that their own printed inputs give, each with its page."""
    bars = [
        {"study": study.short, "computed": agreement, "printed_results": count}
        for study in studies
        for agreement, count in (
            ("inside print rounding", study.inside),
            ("within 1 %", study.reproduced - study.inside),
            ("further off", study.recomputed - study.reproduced),
        )
        if count
    ]
    said = [{"study": study.short, "text": "nothing to recompute"} for study in studies if not study.recomputed]
    lines = [_line(study) for study in studies]
    return Section(
        "reproduced_results",
        "How far are published results reproduced?",
        "Printed results that their own printed inputs give, computed in the warehouse and compared. Nothing is tuned;"
        " what is further off stands with a note on its study's page. A study whose inputs are not published has"
        " nothing to recompute: its results stand as printed.",
        lines,
        "marts.published_results, kind recompute",
        charts.stacked_bars(
            bars, "printed_results", "study", "computed", "printed results", colours=_AGREEMENT, said=said
        ),
        "Bars by study: printed results computed inside print rounding, within one per cent, or further off; words"
        " where a study has nothing to recompute.",
        beside=lines,
    )


def _line(study: index.Study) -> Row:
    share = f"{100 * study.reproduced / study.recomputed:.0f} %" if study.recomputed else "nothing to recompute"
    return {
        "study": Link(study.short, _address(study.study_id)),
        "title": study.title,
        "share_reproduced": share,
        "reproduced": study.reproduced,
        "recomputed": study.recomputed,
        "inside_rounding": study.inside,
        "printed_results": study.printed,
    }


def _modelled(marts: Marts) -> Section:
    rows = marts.rows(
        """
        select
            impact_category,
            completeness,
            count(*) as scenarios
        from marts.impact_totals
        where electricity_view = 'location' and completeness != 'none'
        group by all
        order by impact_category, completeness
        """
    )
    return Section(
        "modelled_scenarios",
        "What is modelled?",
        "Scenarios with a result in each impact category. Partial means that some cell of the service has no factor or"
        " no amount: the result is of the modelled part.",
        rows,
        "marts.impact_totals, location view",
        charts.stacked_bars(
            rows,
            "scenarios",
            "impact_category",
            "completeness",
            "scenarios",
            colours={"complete": "#0072B2", "partial": "#56B4E9"},
        ),
        "Bars by impact category: scenarios with a complete and with a partial result.",
    )


def _disagreement(marts: Marts) -> Section:
    rows = marts.rows(
        """
        select
            object_group_id as object_group,
            compared_stage,
            reference_unit,
            min(value) as lowest,
            quantile_disc(value, 0.5) as middle,
            max(value) as highest,
            count(*) as values_compared,
            max(value) / min(value) as ratio,
            string_agg(distinct licence_id, '; ' order by licence_id) as licence_set
        from marts.factor_disagreement
        where impact_category = 'GWP' and compared_stage = 'embodied_total' and value > 0
        group by all
        having count(distinct source_id) > 1
        order by ratio desc, object_group
        limit 25
        """
    )
    named = [{**row, "object_group": spelled(row["object_group"])} for row in rows]
    return Section(
        "disagreement",
        "Where do sources disagree most?",
        "Embodied climate impact of the same family of things by different sources: lowest, middle and highest (of an"
        " even number the lower of the two in the middle). Nobody averages; each study selects, and the pages of"
        " studies say why. The table leads to every value.",
        [{**row, "object_group": Link(row["object_group"], "disagreement.html")} for row in rows],
        "marts.factor_disagreement, GWP",
        charts.bars(named, "ratio", "object_group", "highest over lowest value", log=True),
        "Points by family of objects: the ratio of the highest to the lowest published value, on a logarithmic axis.",
    )
