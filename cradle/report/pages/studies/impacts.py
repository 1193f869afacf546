"""Impacts of a service by part, stage and category, and what of them is operational and what embodied."""

from collections import Counter
from collections.abc import Iterator

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Row, Section
from cradle.report.pages.studies import grid
from cradle.report.quantities import readable, written

_SCENARIOS = 3  # of a study, those with most parts


def sections(marts: Marts, study: str) -> Iterator[Section]:
    """For each scenario of more than one part: by part and stage, and by phase; none for a study without such."""
    for scenario in marts.rows(
        """
        with printed as (
            select scenario_id, count(*) as results
            from marts.published_results
            where study_id = ? and scenario_id is not null
            group by all
        ),

        grids as (
            select
                printed.scenario_id,
                printed.results,
                count(distinct cells.service_part) as parts
            from printed
            inner join marts.impacts_by_part_stage_category as cells
                on printed.scenario_id = cells.scenario_id and cells.state = 'modelled'
            group by all
        )

        select grids.scenario_id, coalesce(scenarios.title, grids.scenario_id) as title
        from grids
        left join seeds.scenarios on grids.scenario_id = scenarios.scenario_id
        where grids.parts > 1
        -- a scenario that stands for one result of several is a variant of the first: the table of results has it
        qualify grids.results > 1 or max(grids.results) over () = 1
        order by grids.results desc, grids.parts desc, grids.scenario_id
        limit ?
        """,
        study,
        _SCENARIOS,
    ):
        yield _by_part(marts, scenario)
        yield from _by_phase(marts, scenario)


def _by_part(marts: Marts, scenario: Row) -> Section:
    rows = grid.cells(marts, [scenario["scenario_id"]])
    categories = dict.fromkeys(row["impact_category"] for row in rows)
    panels = [grid.by_part([row for row in rows if row["impact_category"] == one], one) for one in categories]
    return Section(
        f"{scenario['scenario_id']}-parts",
        f"{scenario['title']}: by part and stage",
        "Each service part with its life-cycle stages, electricity by the grid. What is not modelled is written where"
        f" its bar would be. Where each number comes from: cradle explain {scenario['scenario_id']}",
        rows,
        "marts.impacts_by_part_stage_category, location view",
        alt="Bars by service part, divided by life-cycle stage, one chart an impact category; words where a phase has"
        " no value.",
        panels=[panel for panel in panels if panel],
        facts=[fact for row in _totals(marts, scenario["scenario_id"]) for fact in _facts(row)],
    )


def _totals(marts: Marts, scenario: str) -> list[Row]:
    return marts.rows(
        """
        select impact_category, unit, completeness, flows_modelled, flows_expected, value, value_low, value_high,
            is_ranged, range_basis, licence_set
        from marts.impact_totals
        where scenario_id = ? and electricity_view = 'location' and completeness != 'none'
            and list_contains(?, impact_category)
        order by list_position(?, impact_category)
        """,
        scenario,
        grid.CATEGORIES,
        grid.CATEGORIES,
    )


def _facts(total: Row) -> Iterator[tuple[str, str]]:
    size, unit = readable([total["value"]], total["unit"])
    text = f"{written(total['value'] / size)} {unit}"
    if total["is_ranged"]:
        text += f", range {written(total['value_low'] / size)} to {written(total['value_high'] / size)}"
    if total["completeness"] == "complete":
        text += "; complete"
    else:
        text += f"; of the modelled part: {total['flows_modelled']} of {total['flows_expected']} flows and stages"
    yield f"{total['impact_category']} in all", f"{text}; licences: {total['licence_set']}"


def _by_phase(marts: Marts, scenario: Row) -> Iterator[Section]:
    """Nothing where no category has both phases: there is no share to show."""
    rows = marts.rows(
        """
        with cells as (
            select *
            from marts.impacts_by_part_stage_category
            where scenario_id = ? and electricity_basis != 'market' and flows_expected > 0
        ),

        phases as (
            select
                impact_category,
                phase,
                sum(value order by service_part, life_cycle_stage, electricity_basis) as value,
                any_value(unit) as unit,
                count(*) filter (where state = 'modelled') as cells_modelled,
                count(*) filter (where state != 'not_applicable') as cells_expected
            from cells
            group by impact_category, phase
        )

        select
            *,
            value / sum(value) over (partition by impact_category) as share_of_modelled
        from phases
        qualify sum(value) over (partition by impact_category) > 0
        order by coalesce(list_position(?, impact_category), 99), impact_category, phase
        """,
        scenario["scenario_id"],
        grid.CATEGORIES,
    )
    both = Counter(row["impact_category"] for row in rows if row["cells_modelled"])
    lacking = {row["impact_category"] for row in rows if both[row["impact_category"]] < len(charts.PHASES)}
    if len(lacking) == len(both):
        return
    bars = [
        {**row, "name": row["impact_category"]}
        for row in rows
        if row["impact_category"] not in lacking and row["share_of_modelled"]
    ]
    said = [
        {"name": row["impact_category"], "text": f"{row['phase']} alone is modelled: no share"}
        for row in rows
        if row["impact_category"] in lacking and row["cells_modelled"]
    ]
    yield Section(
        f"{scenario['scenario_id']}-phases",
        f"{scenario['title']}: operational against embodied",
        "Share of each phase in what is modelled, in every impact category that has a value. A category with one phase"
        " alone has no bar and says so: its share would be no finding.",
        rows,
        "marts.impacts_by_part_stage_category, location view",
        charts.stacked_bars(
            bars,
            "share_of_modelled",
            "name",
            "phase",
            "share of the modelled total",
            colours=charts.PHASES,
            said=said,
            percent=True,
        ),
        "Bars by impact category, divided into embodied and operational; words where one phase alone is modelled.",
    )
