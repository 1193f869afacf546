"""One page a study: impact by part, stage and category, and the printed results beside the computed ones."""

from collections.abc import Iterator

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Page, Row, Section


def pages(marts: Marts) -> Iterator[Page]:
    """A page for every study with a scenario that has a result."""
    for study in marts.rows(
        "select study_id, count(*) as printed from marts.published_results where scenario_id is not null"
        " group by all order by study_id"
    ):
        yield _page(marts, study["study_id"])


def _page(marts: Marts, study: str) -> Page:
    scenarios = marts.rows(
        """
        select scenario_id, count(*) as printed
        from marts.published_results
        where study_id = ? and scenario_id is not null
        group by all
        order by printed desc, scenario_id
        limit 6
        """,
        study,
    )
    sections = [section for row in scenarios[:2] for section in _impacts(marts, row["scenario_id"])]
    (title,) = marts.rows(
        "select coalesce(max(title), ?) as title from marts.sources where source_id = ?", study, study
    )
    return Page(
        f"study-{study}",
        title["title"],
        "Studies",
        f"Results of {study} beside what the warehouse computes from the same inputs.",
        [*sections, _printed(marts, study)],
    )


def _impacts(marts: Marts, scenario: str) -> Iterator[Section]:
    categories = marts.rows(
        """
        select impact_category, unit, completeness, value
        from marts.impact_totals
        where scenario_id = ? and electricity_view = 'location' and completeness != 'none'
            and impact_category in ('GWP', 'ADPe', 'PE', 'WC')
        order by list_position(['GWP', 'ADPe', 'PE', 'WC'], impact_category)
        """,
        scenario,
    )
    for category in categories:
        rows = marts.rows(
            """
            select service_part, life_cycle_stage, phase, value, value_low, value_high, unit, completeness, licence_set
            from marts.impacts_by_part_stage_category
            where scenario_id = ? and impact_category = ? and state = 'modelled' and electricity_basis != 'market'
            order by sum(value) over (partition by service_part) desc, service_part, life_cycle_stage
            """,
            scenario,
            category["impact_category"],
        )
        yield _by_part(scenario, category, rows)


def _by_part(scenario: str, category: Row, rows: list[Row]) -> Section:
    name = category["impact_category"]
    whole = "complete" if category["completeness"] == "complete" else "of the modelled part"
    return Section(
        f"{scenario}-{name}",
        f"{scenario}: {name} by part and stage",
        f"In all {category['value']:,.4g} {category['unit']} ({whole}), electricity by the grid. Where each number"
        f" comes from: cradle explain {scenario} --category {name}",
        rows,
        "marts.impacts_by_part_stage_category, location view",
        charts.stacked_bars(rows, "value", "service_part", "life_cycle_stage", f"{name} in {category['unit']}"),
        f"Bars by service part, divided by life-cycle stage, in {category['unit']}.",
    )


def _printed(marts: Marts, study: str) -> Section:
    rows = marts.rows(
        """
        select
            case_id,
            quantity,
            printed,
            computed,
            unit,
            residual_pct,
            kind,
            inside_print_rounding,
            note
        from marts.published_results
        where study_id = ?
        order by published_value_id
        """,
        study,
    )
    return Section(
        "printed",
        "Printed and computed",
        "Each printed result with what the warehouse computes. Only the kind recompute counts as reproduced; a"
        " disclosure or what lacks inputs stands as printed.",
        rows,
        "marts.published_results",
    )
