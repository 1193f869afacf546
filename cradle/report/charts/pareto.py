"""Shares from large to small and what they add up to."""

from typing import Any

from cradle.report.charts.style import PALETTE, finished, height_of, names, order_of, wrapped
from cradle.report.page import Row


def pareto(rows: list[Row], name: str, share: str, cumulative: str, title: str, limit: float) -> dict[str, Any]:
    """Bars of `share` with points of `cumulative`, by `name` in the order given, and a dashed line at `limit`."""
    import altair as alt

    order = order_of(rows, name)
    values = [{name: wrapped(row[name]), share: row[share], cumulative: row[cumulative]} for row in rows]
    scale = alt.Scale(domainMin=min(0.0, *(row[share] for row in rows)), padding=4, nice=False)
    axis = alt.Axis(format="%")
    y = names(name, order)
    base = alt.Chart(alt.Data(values=values))
    bar = base.mark_bar(color="#7fb8d8", stroke=PALETTE[1], size=14).encode(
        y=y, x=alt.X(f"{share}:Q", title=title, scale=scale, axis=axis)
    )
    at = {"y": y, "x": alt.X(f"{cumulative}:Q", title=title, scale=scale, axis=axis)}
    line = base.mark_line(color="#000000", strokeWidth=1).encode(order=alt.Order(f"{cumulative}:Q"), **at)
    point = base.mark_point(filled=True, color="#000000", size=45, opacity=1).encode(
        tooltip=[f"{name}:N", alt.Tooltip(f"{share}:Q", format=".1%"), alt.Tooltip(f"{cumulative}:Q", format=".1%")],
        **at,
    )
    ruler = alt.Chart(alt.Data(values=[{"limit": limit}])).mark_rule(strokeDash=[5, 4], color="#5b6670")
    return finished(
        alt.layer(bar, ruler.encode(x=alt.X("limit:Q", title=title, scale=scale, axis=axis)), line, point),
        height=height_of(order),
        at_least="34rem",
    )
