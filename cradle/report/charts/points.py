"""Several points on one line, told apart by shape and colour."""

from typing import Any

from cradle.report.charts.style import SHAPES, finished, height_of, legend, names, only, order_of, wrapped
from cradle.report.page import Row


def points(rows: list[Row], value: str, name: str, kind: str, title: str, kinds: dict[str, str]) -> dict[str, Any]:
    """Points of `value` on a logarithmic axis by `name`, one for each of `kinds` with its colour; order kept."""
    import altair as alt

    order = order_of(rows, name)
    values = [{**row, name: wrapped(row[name])} for row in only(rows, value, name, kind) if row[value] is not None]
    chart = (
        alt.Chart(alt.Data(values=values))
        .mark_point(filled=True, size=80, opacity=1)
        .encode(
            x=alt.X(f"{value}:Q", title=title, scale=alt.Scale(type="log"), axis=alt.Axis(format="~g", tickCount=4)),
            y=names(name, order),
            color=alt.Color(
                f"{kind}:N",
                title=None,
                scale=alt.Scale(domain=list(kinds), range=list(kinds.values())),
                sort=list(kinds),
            ),
            shape=alt.Shape(
                f"{kind}:N",
                legend=legend(list(kinds), order),
                sort=list(kinds),
                scale=alt.Scale(domain=list(kinds), range=SHAPES[: len(kinds)]),
            ),
            tooltip=[f"{name}:N", f"{kind}:N", alt.Tooltip(f"{value}:Q", format=",.3g")],
        )
    )
    return finished(chart, height=height_of(order))
