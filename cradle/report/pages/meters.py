"""Do meters agree? Software meters, board sensors and calculators against a meter at the wall plug."""

from collections.abc import Iterator

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Page, Row, Section


def page(marts: Marts) -> Page:
    """The page of meter comparisons: a share and a fit for each comparison, the fits as a table, all readings."""
    rows = marts.rows(
        """
        select
            comparison_id,
            tool,
            tool_kind,
            benchmark,
            tool_energy,
            reference_energy,
            energy_unit,
            tool_over_reference,
            1 - mean_energy_gap as mean_share,
            reference_instrument,
            reference_slope,
            reference_intercept,
            reference_r_squared,
            note,
            reading_from,
            source_id,
            locator,
            licence_set
        from marts.meter_comparison
        order by comparison_id, mean_share, tool, benchmark, reading_id
        """
    )
    comparisons = list(dict.fromkeys(row["comparison_id"] for row in rows))
    sections = [
        section
        for comparison in comparisons
        for section in _comparison(comparison, [row for row in rows if row["comparison_id"] == comparison])
    ]
    return Page(
        "meters",
        "Do meters agree?",
        "Measurements",
        "Software meters, board sensors and calculators beside a meter at the wall plug, on the same benchmarks.",
        [*sections, _fits(marts), _readings(rows)],
    )


def _comparison(comparison: str, rows: list[Row]) -> Iterator[Section]:
    instrument, unit = rows[0]["reference_instrument"], rows[0]["energy_unit"]
    yield Section(
        f"share-{comparison}",
        f"{comparison}: share of the {instrument}'s energy that each tool reports",
        "Each mark is a benchmark, as the mean of its runs; the upright bar is the mean of the marks; 1 (dashed) would"
        f" be all of it. A tool that was not run on a benchmark has no mark for it.{_noted(rows)}",
        rows,
        "marts.meter_comparison",
        charts.runs(
            rows,
            "tool_over_reference",
            "tool",
            "tool_kind",
            "benchmark",
            f"share of the {instrument}",
            full=1,
        ),
        f"Marks by tool: its energy over that of the {instrument}, each benchmark one mark, with a line at 1.",
    )
    fitted = [{**row, "fit": _words(row)} for row in rows]
    yield Section(
        f"fit-{comparison}",
        f"{comparison}: what the {instrument} shows for what a tool reports",
        f"A straight line by least squares for each tool with more than two benchmarks: energy by the {instrument} ="
        " slope x energy by the tool + intercept. With a slope of 2 the tool misses half of what grows with the run;"
        " the intercept is what it misses (or, below 0, adds) whatever the run is. On the grey line both agree.",
        [{name: row[name] for name in _FIT} for row in rows],
        "marts.meter_comparison",
        charts.fits(
            fitted,
            "tool_energy",
            "reference_energy",
            "fit",
            "reference_slope",
            "reference_intercept",
            f"energy by the tool in {unit}",
            f"energy by the {instrument} in {unit}",
        ),
        f"Points of the {instrument}'s energy against each tool's, with a fitted line for each tool.",
    )


def _noted(rows: list[Row]) -> str:
    """What the readings say of themselves: without it a share reads as the accuracy of a tool."""
    of: dict[str, list[str]] = {}
    for row in rows:
        if row["note"]:
            of.setdefault(row["note"], []).append(row["tool"])
    every = {row["tool"] for row in rows}
    said = []
    for note, tools in of.items():
        named = list(dict.fromkeys(tools))
        said.append(f" {'All tools' if set(named) == every else ', '.join(named)}: {note}.")
    return "".join(said)


_FIT = (
    "tool",
    "benchmark",
    "tool_energy",
    "reference_energy",
    "energy_unit",
    "reference_slope",
    "reference_intercept",
    "reference_r_squared",
    "licence_set",
)


def _words(row: Row) -> str:
    if row["reference_slope"] is None:
        return f"{row['tool']}: too few benchmarks for a line"
    sign = "+" if row["reference_intercept"] >= 0 else "−"
    return f"{row['tool']}: {row['reference_slope']:.3g} x {sign} {abs(row['reference_intercept']):.3g}"


def _fits(marts: Marts) -> Section:
    rows = marts.rows(
        """
        select distinct
            comparison_id,
            tool,
            benchmarks_compared,
            mean_energy_gap,
            reference_slope,
            reference_intercept,
            energy_unit as intercept_unit,
            reference_r_squared,
            reference_power_slope,
            reference_power_intercept_w,
            reference_power_r_squared,
            reference_power_residual_w,
            licence_set
        from marts.meter_comparison
        order by comparison_id, mean_energy_gap desc, tool
        """
    )
    return Section(
        "fits",
        "Slopes and intercepts",
        "Energy (or power) of the reference meter = slope x that of the tool + intercept. No power: the source prints"
        " no lengths of runs.",
        rows,
        "marts.meter_comparison",
    )


def _readings(rows: list[Row]) -> Section:
    return Section(
        "readings",
        "All readings",
        "One row a benchmark and tool: the means of its runs, or what the locator says.",
        rows,
        "marts.meter_comparison",
    )
