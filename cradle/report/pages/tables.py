"""Pages that are mostly tables: meters, coverage, sources, what was rejected."""

from collections.abc import Iterator

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Page, Section


def pages(marts: Marts) -> Iterator[Page]:
    """Meters, coverage, sources and quarantine."""
    yield _meters(marts)
    yield _coverage(marts)
    yield _sources(marts)
    yield _quarantine(marts)


def _meters(marts: Marts) -> Page:
    rows = marts.rows(
        """
        select comparison_id, tool, tool_kind, reading_from, benchmark, tool_energy, reference_energy, energy_unit,
            tool_over_reference, reference_slope, reference_intercept, reference_r_squared, source_id, licence_set
        from marts.meter_comparison
        order by comparison_id, tool, benchmark, reading_id
        """
    )
    tools = marts.rows(
        """
        select tool, avg(tool_over_reference) as mean_share, min(tool_over_reference) as lowest,
            max(tool_over_reference) as highest, count(*) as runs
        from marts.meter_comparison
        where tool_over_reference is not null
        group by all
        order by mean_share, tool
        """
    )
    return Page(
        "meters",
        "Do meters agree?",
        "Measurements",
        "Software meters and board sensors against a meter at the wall plug, on the same runs.",
        [
            Section(
                "share_of_wall",
                "Share of the wall meter's energy that each tool reports",
                "1 would be all of it. The line spans the runs, the point is their mean.",
                tools,
                "marts.meter_comparison",
                charts.ranges(tools, "mean_share", "lowest", "highest", "tool", "tool's energy over the wall meter's"),
                "Ranges by tool of its energy over the energy of the reference meter.",
            ),
            Section("readings", "All readings", "One row a run and tool.", rows, "marts.meter_comparison"),
        ],
    )


def _coverage(marts: Marts) -> Page:
    rows = marts.rows(
        """
        select
            concat(service_part, ' / ', life_cycle_stage) as cell,
            impact_category,
            completeness,
            flows_modelled,
            flows_expected,
            state,
            state_reason
        from marts.impacts_by_part_stage_category
        where scenario_id = 'sd_service_2025_open' and electricity_basis != 'market' and flows_expected > 0
            and impact_category in (select impact_category from marts.impact_totals where completeness != 'none')
        order by cell, impact_category
        """
    )
    factors = marts.rows(
        """
        select source_id, covered_classes, sum(factors_listed) as factors, sum(factors_eligible) as eligible,
            licence_set
        from marts.coverage
        group by all
        order by source_id, covered_classes
        """
    )
    return Page(
        "coverage",
        "What is covered and what is not",
        "Provenance",
        "A cell without a factor is not modelled: it is missing and not nothing.",
        [
            Section(
                "cells",
                "Cells of the image generation service",
                "Each part and stage by impact category: complete, partial (some flow is missing) or none.",
                rows,
                "marts.impacts_by_part_stage_category, scenario sd_service_2025_open",
                charts.matrix(rows, "impact_category", "cell", "completeness"),
                "A grid of parts and stages by impact categories, shaded by completeness.",
            ),
            Section("factors", "Factors by source", "What each source lists.", factors, "marts.coverage"),
        ],
    )


def _sources(marts: Marts) -> Page:
    rows = marts.rows(
        """
        select source_id, kind, producer, title, version, licence_id, redistributable, landing_page, citation
        from marts.sources
        order by source_id
        """
    )
    section = Section(
        "sources",
        "Every source, its version and its licence",
        "Passing data on is bound to these licences.",
        rows,
        "marts.sources",
    )
    return Page(
        "sources", "Sources and licences", "Provenance", "Who published what, and what may be done with it.", [section]
    )


def _quarantine(marts: Marts) -> Page:
    rows = marts.rows(
        """
        select source_id, entity, severity, column_name, check_name, min(offending_text) as an_example,
            count(*) as records
        from marts.quarantine
        group by all
        order by records desc, source_id, entity, column_name, check_name
        """
    )
    section = Section(
        "quarantine",
        "Rows and cells that were not taken",
        "Nothing is dropped in silence: what a contract refuses stands here with its reason.",
        rows,
        "marts.quarantine",
    )
    return Page("quarantine", "Quarantine", "Provenance", "What was rejected, and why.", [section])
