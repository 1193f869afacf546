"""A grid of numbers."""

from typing import Any

from cradle.report.charts.style import finished, only
from cradle.report.page import Row


def counts(rows: list[Row], x: str, y: str, number: str) -> dict[str, Any]:
    """The number of each pair of `x` and `y`, written on a shade (logarithmic); a pair without a row stays empty."""
    import altair as alt

    columns = sorted({row[x] for row in rows})
    base = alt.Chart(alt.Data(values=only(rows, x, y, number))).encode(
        x=alt.X(f"{x}:N", title=None, sort=columns, axis=alt.Axis(orient="top", labelAngle=-40)),
        y=alt.Y(f"{y}:N", title=None, axis=alt.Axis(labelLimit=420)),
    )
    cells = base.mark_rect(stroke="#ffffff").encode(
        # light enough for black figures on every shade
        color=alt.Color(f"{number}:Q", legend=None, scale=alt.Scale(type="log", range=["#f2f7fb", "#8fc1e8"])),
        tooltip=[f"{y}:N", f"{x}:N", f"{number}:Q"],
    )
    written = base.mark_text(fontSize=10).encode(text=alt.Text(f"{number}:Q", format=",d"))
    return finished(cells + written, height=alt.Step(22), width=alt.Step(40))
