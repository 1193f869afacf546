"""Lines on logarithmic axes."""

from typing import Any

from cradle.report.charts.style import finished, only, spread
from cradle.report.page import Row


def curves(rows: list[Row], x: str, y: str, line: str, x_title: str, y_title: str) -> dict[str, Any]:
    """Lines of `y` against `x` on logarithmic axes, one a `line`, told apart by colour and dashes."""
    import altair as alt

    lines = sorted({row[line] for row in rows})
    chart = (
        alt.Chart(alt.Data(values=only(rows, x, y, line)))
        .mark_line(point=True)
        .encode(
            x=alt.X(f"{x}:Q", title=x_title, scale=alt.Scale(type="log")),
            y=alt.Y(f"{y}:Q", title=y_title, scale=alt.Scale(type="log")),
            color=alt.Color(f"{line}:N", title=None, scale=alt.Scale(domain=lines, range=spread(len(lines)))),
            strokeDash=alt.StrokeDash(f"{line}:N", title=None),
            tooltip=[f"{line}:N", alt.Tooltip(f"{x}:Q", format=",.4g"), alt.Tooltip(f"{y}:Q", format=",.4g")],
        )
    )
    return finished(chart, height=320)
