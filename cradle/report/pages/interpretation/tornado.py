"""Which input moves a result most when it alone is moved."""

from typing import Any

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Page, Row, Section
from cradle.report.pages.interpretation.flagships import VIEW, Result, not_modelled, results
from cradle.report.pages.interpretation.wording import called
from cradle.report.quantities import written

_DRAWN = 15  # the bars below move a result by less than can be seen
_NAMED = 6


def page(marts: Marts) -> Page:
    """One tornado for each total of the flagships."""
    return Page(
        "tornado",
        "Which input moves a result most?",
        "Interpretation",
        "The whole result, evaluated anew with one input at the ends of its declared range and all else as it is. A"
        " swing is only as honest as its range: the table says what each range is. An input without a declared range is"
        f" no safe input; it is named, and its elasticity stands in the table.{not_modelled(marts)}",
        [_section(marts, result) for result in results(marts)],
        short="One input at a time",
    )


def _section(marts: Marts, result: Result) -> Section:
    rows = marts.rows(
        """
        select input_title, input_low, input_value, input_high, input_unit, range_kind, value_at_low, value,
            value_at_high, swing, elasticity, is_stepwise, is_tied, value_at_minus_10_pct, value_at_plus_10_pct, unit,
            source_id, input_id, licence_set
        from marts.sensitivity
        where scenario_id = ? and impact_category = ? and electricity_view = ?
        order by rank_by_swing nulls last, rank_by_elasticity nulls last, input_id
        """,
        result.scenario,
        result.category,
        VIEW,
    )
    ranged = [row for row in rows if row["swing"] is not None]
    return Section(
        result.slug,
        result.heading,
        _in_words(result, rows, ranged),
        rows,
        "marts.sensitivity, location view",
        _bars(ranged, result) if ranged else _elasticities(rows),
        f"Bars by input, widest first, from the result as computed (the black line, {result.said(result.value)}) to the"
        " results at the two ends of the input's range. Open bars: the low end; filled bars: the high end. The numbers"
        " beside them are the ends of the input."
        if ranged
        else "Bars by input, largest first: no input has a declared range, so that what is drawn is how strongly the"
        " result follows each and not how far it may be off. Left: the result falls as the input rises.",
    )


def _bars(ranged: list[Row], result: Result) -> dict[str, Any]:
    return charts.tornado(
        [_drawn(row, result) for row in ranged[:_DRAWN]],
        "input",
        "value",
        "at_low",
        "at_high",
        "low",
        "high",
        f"{result.category} in {result.unit}",
    )


def _elasticities(rows: list[Row]) -> dict[str, Any] | None:
    known = [row for row in rows if row["elasticity"] is not None][:_DRAWN]
    if not known:
        return None
    drawn = [{"input": called(row["input_title"]), "change": row["elasticity"] / 100} for row in known]
    return charts.shares(drawn, "input", "change", "change of the result for one per cent of the input")


def _drawn(row: Row, result: Result) -> Row:
    return {
        "input": called(row["input_title"]) + ("" if row["input_unit"] == "1" else f", {row['input_unit']}"),
        "value": row["value"] / result.size,
        "at_low": row["value_at_low"] / result.size,
        "at_high": row["value_at_high"] / result.size,
        "low": written(row["input_low"]),
        "high": written(row["input_high"]),
    }


def _in_words(result: Result, rows: list[Row], ranged: list[Row]) -> str:
    said = [f"{result.said(result.value)} {result.of} rest on {len(rows)} inputs; {len(ranged)} have a declared range."]
    if ranged:
        first = ranged[0]
        said.append(
            f"{called(first['input_title'])} swings it most, by {result.said(first['swing'])}: from"
            f" {result.said(first['value_at_low'])} to {result.said(first['value_at_high'])}"
            f" ({first['range_kind']})."
        )
        if len(ranged) > _DRAWN:
            said.append(f"The {_DRAWN} widest are drawn.")
    without = sorted(
        (row for row in rows if row["swing"] is None and row["elasticity"] is not None),
        key=lambda row: (-abs(row["elasticity"]), row["input_id"]),
    )
    if without:
        named = ", ".join(f"{called(row['input_title'])} ({row['elasticity']:+.2g})" for row in without[:_NAMED])
        more = "" if len(without) <= _NAMED else f" and {len(without) - _NAMED} more in the table"
        said.append(
            "Without a declared range, so with no bar, by elasticity (per cent of the result for one per cent of the"
            f" input): {named}{more}."
        )
    tied = sum(bool(row["is_tied"]) for row in rows)
    if tied:
        said.append(f"{tied} have no elasticity, as a step lies exactly where they are.")
    return " ".join(said)
