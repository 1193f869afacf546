"""A grid of states."""

from typing import Any

from cradle.report.charts.style import PALETTE, finished, only
from cradle.report.page import Row


def matrix(rows: list[Row], x: str, y: str, state: str) -> dict[str, Any]:
    """A cell for each pair of `x` and `y`, coloured and lettered by `state`."""
    import altair as alt

    states = sorted({row[state] for row in rows})
    base = alt.Chart(alt.Data(values=only(rows, x, y, state))).encode(
        x=alt.X(f"{x}:N", title=None, axis=alt.Axis(orient="top", labelAngle=-40)), y=alt.Y(f"{y}:N", title=None)
    )
    shade = {"complete": "#0072B2", "partial": "#56B4E9", "none": "#eeeeee"}
    cells = base.mark_rect(stroke="#ffffff").encode(
        color=alt.Color(
            f"{state}:N",
            title=None,
            scale=alt.Scale(domain=states, range=[shade.get(s, PALETTE[i % 8]) for i, s in enumerate(states)]),
        ),
        tooltip=[f"{y}:N", f"{x}:N", f"{state}:N"],
    )
    return finished(cells, height=alt.Step(22), width=alt.Step(34))
