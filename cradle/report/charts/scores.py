"""A grid of numbers, shaded by their size."""

from typing import Any

from cradle.report.charts.style import finished
from cradle.report.page import Row

_LIGHT, _DARK = "#f1f5f9", "#0b3d5c"


def scores(
    rows: list[Row],
    x: str,
    y: str,
    value: str,
    text: str,
    domain: tuple[float, float],
    unknown: str = "none",
    lines: list[str] | None = None,
) -> dict[str, Any]:
    """A cell for each pair of `x` and `y`: its `text` on a shade that is darker the larger its `value` in `domain`.

    A cell without a value is white inside a dashed line and says `unknown`; a pair without a row is not there. `lines`
    gives the order of `y` where it is not that of the rows.
    """
    import altair as alt

    columns = list(dict.fromkeys(row[x] for row in rows))
    lines = lines or list(dict.fromkeys(row[y] for row in rows))
    values = [{x: row[x], y: row[y], value: row[value], text: row[text]} for row in rows if row[value] is not None]
    missing = [{x: row[x], y: row[y], "said": unknown} for row in rows if row[value] is None]
    at = {
        "x": alt.X(
            f"{x}:N",
            title=None,
            scale=alt.Scale(domain=columns),
            axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False, labelOverlap=False, labelLimit=90),
        ),
        "y": alt.Y(
            f"{y}:N",
            title=None,
            scale=alt.Scale(domain=lines),
            axis=alt.Axis(labelLimit=250, ticks=False, domain=False, labelPadding=6),
        ),
    }
    low, high = domain
    cells = alt.Chart(alt.Data(values=values))
    shade = alt.Color(f"{value}:Q", legend=None, scale=alt.Scale(domain=[low, high], range=[_LIGHT, _DARK], clamp=True))
    ink = alt.condition(alt.datum[value] > low + 0.45 * (high - low), alt.value("#ffffff"), alt.value("#000000"))
    layers = [
        cells.mark_rect(stroke="#ffffff").encode(color=shade, tooltip=[f"{y}:N", f"{x}:N", f"{text}:N"], **at),
        cells.mark_text(fontSize=12).encode(text=f"{text}:N", color=ink, **at),
    ]
    if missing:
        empty = alt.Chart(alt.Data(values=missing))
        layers += [
            empty.mark_rect(fill="#ffffff", stroke="#5b6670", strokeDash=[3, 3]).encode(**at),
            empty.mark_text(fontSize=11, fontStyle="italic", color="#444444").encode(text="said:N", **at),
        ]
    return finished(alt.layer(*layers), height=26 * len(lines), width=max(330, 84 * len(columns)))
