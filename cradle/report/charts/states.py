"""Counts by state, each state with its number in the bar."""

from typing import Any

from cradle.report.charts.style import DARK, finished, height_of, names, order_of, wrapped
from cradle.report.page import Row


def states(rows: list[Row], count: str, name: str, state: str, title: str, colours: dict[str, str]) -> dict[str, Any]:
    """Stacked bars of `count` by `name`, in the order of `colours` by `state`, each with its number.

    What is in no row has no part of a bar. A count of nothing is no row.
    """
    import altair as alt

    order = order_of(rows, name)
    present = [one for one in colours if any(row[state] == one for row in rows)]
    values = []
    for label in order:
        reached = 0
        for one in present:
            for row in rows:
                if wrapped(row[name]) == label and row[state] == one:
                    end = reached + row[count]
                    values.append({name: label, state: one, "from": reached, "to": end, "text": str(row[count])})
                    reached = end
    y = names(name, order)
    base = alt.Chart(alt.Data(values=[{**row, "middle": (row["from"] + row["to"]) / 2} for row in values]))
    bar = base.mark_bar(stroke="#5b6670", strokeWidth=0.7, size=16).encode(
        y=y,
        x=alt.X("from:Q", title=title, scale=alt.Scale(nice=False)),
        x2="to:Q",
        color=alt.Color(
            f"{state}:N",
            title=None,
            sort=present,
            scale=alt.Scale(domain=present, range=[colours[one] for one in present]),
            legend=alt.Legend(symbolStrokeColor="#5b6670", symbolStrokeWidth=1),
        ),
        tooltip=[f"{name}:N", f"{state}:N", "text:N"],
    )
    dark = [one for one in present if colours[one] in DARK]
    ink = (
        alt.condition(alt.FieldOneOfPredicate(field=state, oneOf=dark), alt.value("#ffffff"), alt.value("#000000"))
        if dark
        else alt.value("#000000")
    )
    text = base.mark_text(baseline="middle", fontSize=10).encode(y=y, x="middle:Q", text="text:N", color=ink)
    return finished(alt.layer(bar, text), height=height_of(order))
