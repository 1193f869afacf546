"""Coverage: which cells of a service have a factor, and which factors each source lists for which category."""

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Page, Row, Section


def page(marts: Marts) -> Page:
    """The page of coverage."""
    return Page(
        "coverage",
        "What is covered and what is not",
        "Provenance",
        "A cell without a factor is not modelled: it is missing, and it is not nothing.",
        [_cells(marts), _factors(marts)],
    )


def _cells(marts: Marts) -> Section:
    rows = marts.rows(
        """
        select
            concat(service_part, ' / ', life_cycle_stage) as cell,
            impact_category,
            electricity_basis,
            completeness,
            flows_modelled,
            flows_expected,
            state,
            state_reason
        from marts.impacts_by_part_stage_category
        where scenario_id = 'sd_service_2025_open' and electricity_basis != 'market' and flows_expected > 0
            and impact_category in (select impact_category from marts.impact_totals where completeness != 'none')
        order by cell, impact_category, electricity_basis
        """
    )
    return Section(
        "cells",
        "Cells of the image generation service",
        "Each part and stage by impact category: complete, partial (some flow is missing) or none.",
        rows,
        "marts.impacts_by_part_stage_category, scenario sd_service_2025_open",
        charts.matrix(_one_a_square(rows), "impact_category", "cell", "completeness"),
        "A grid of parts and stages by impact categories, shaded by completeness.",
    )


def _one_a_square(rows: list[Row]) -> list[Row]:
    """Water is used with electricity and without it, in two rows: of those that differ the square is partial."""
    squares: dict[tuple[str, str], Row] = {}
    for row in rows:
        place = (row["cell"], row["impact_category"])
        if place not in squares:
            squares[place] = row
        elif squares[place]["completeness"] != row["completeness"]:
            squares[place] = {**squares[place], "completeness": "partial"}
    return list(squares.values())


def _factors(marts: Marts) -> Section:
    """Factors by source and category; a source without a factor in a category has no cell there, not a 0."""
    rows = marts.rows(
        """
        select
            source_id,
            coalesce(impact_category, 'no category') as impact_category,
            cast(sum(factors_listed) as bigint) as factors,
            cast(sum(factors_eligible) as bigint) as eligible,
            count(distinct covered_classes) as classes_of_things,
            count(distinct covered_geography) as places,
            string_agg(distinct licence_set, '; ' order by licence_set) as licence_set
        from marts.coverage
        group by source_id, coalesce(impact_category, 'no category')
        order by source_id, impact_category
        """
    )
    return Section(
        "factors",
        "Factors by source and impact category",
        "How many factors each source lists; the licence stands behind its name. An empty cell: the source lists none."
        " Eligible factors passed every check and may be selected.",
        rows,
        "marts.coverage",
        charts.counts(
            [{**row, "source": f"{row['source_id']} ({row['licence_set']})"} for row in rows],
            "impact_category",
            "source",
            "factors",
        ),
        "A grid of sources by impact categories with the number of factors in each cell.",
    )
