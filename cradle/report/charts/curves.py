"""Lines on logarithmic axes."""

from math import ceil, floor, log10
from typing import Any

from cradle.report.charts.style import finished, only
from cradle.report.page import Row
from cradle.report.quantities import superscript

_HEIGHT, _LABEL = 190, 13  # of a small chart, of a line of its labels
# Vega has no format for powers of ten: the label of each is looked up
_NAMED = ", ".join(f"'{power}': '10{superscript(power)}'" for power in range(-15, 16))
_POWER = f"{{{_NAMED}}}[round(log(datum.value) / LN10)]"


def curves(
    rows: list[Row],
    marks: list[Row],
    x: str,
    y: str,
    line: str,
    x_title: str,
    y_title: str,
    x_range: tuple[float, float],
    y_range: tuple[float, float],
    lines: dict[str, str],
) -> dict[str, Any]:
    """Lines of `y` against `x` within these ranges, each with its name at its end, and a diamond at each of `marks`.

    `lines` are the names with their colours. The ranges are given, so that small charts beside one another compare.
    """
    import altair as alt

    across = alt.X(
        f"{x}:Q",
        title=x_title,
        scale=alt.Scale(type="log", domain=list(x_range), nice=False),
        axis=alt.Axis(values=_decades(x_range, 3), labelExpr=_POWER),
    )
    rising = alt.Scale(type="log", domain=list(y_range), nice=False)
    up = alt.Y(
        f"{y}:Q",
        title=y_title,
        scale=rising,
        axis=alt.Axis(values=_decades(y_range, 2), labelExpr=_POWER),
    )
    colour = alt.Color(
        f"{line}:N", legend=None, scale=alt.Scale(domain=list(lines), range=list(lines.values())), sort=list(lines)
    )
    drawn = [row for row in rows if row[y] is not None]
    ends = {row[line]: row for row in sorted(drawn, key=lambda row: row[x])}
    tooltip = [f"{line}:N", alt.Tooltip(f"{x}:Q", format=".3g"), alt.Tooltip(f"{y}:Q", format=".3g")]
    strokes = (
        alt.Chart(alt.Data(values=only(drawn, x, y, line)))
        .mark_line(strokeWidth=2)
        .encode(x=across, y=up, color=colour, tooltip=tooltip)
    )
    labels = (
        alt.Chart(alt.Data(values=_apart(only(list(ends.values()), x, y, line), y, y_range)))
        .mark_text(align="left", dx=4, fontSize=11, baseline="middle")
        .encode(x=across, y=alt.Y("label_at:Q", title=y_title, scale=rising), text=f"{line}:N", color=colour)
    )
    points = (
        alt.Chart(alt.Data(values=only(marks, x, y, line)))
        .mark_point(shape="diamond", filled=True, size=90, opacity=1, stroke="#ffffff", strokeWidth=1)
        .encode(x=across, y=up, color=colour, tooltip=tooltip)
    )
    return finished(strokes + labels + points, height=_HEIGHT)


def _apart(ends: list[Row], y: str, span: tuple[float, float]) -> list[Row]:
    """The ends of lines with a place for each name, so far from the next that no name is written over another."""
    room = (span[1] / span[0]) ** (_LABEL / _HEIGHT)
    placed: list[Row] = []
    for row in sorted(ends, key=lambda row: -row[y]):
        at = min(row[y], placed[-1]["label_at"] / room) if placed else row[y]
        placed.append({**row, "label_at": at})
    return placed


def _decades(span: tuple[float, float], step: int) -> list[float]:
    return [10.0**power for power in range(ceil(log10(span[0])), floor(log10(span[1])) + 1, step)]
