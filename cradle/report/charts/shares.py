"""Shares as bars with their numbers."""

from typing import Any

from cradle.report.charts.style import PALETTE, finished, height_of, names, order_of, wrapped
from cradle.report.charts.words import words
from cradle.report.page import Row


def shares(rows: list[Row], name: str, share: str, title: str, unknown: str = "not known") -> dict[str, Any]:
    """Bars of `share` by `name` with per cent beside them; what is below 0 goes left, what is null says `unknown`."""
    import altair as alt

    order = order_of(rows, name)
    values = [
        {name: wrapped(row[name]), share: row[share], "text": f"{100 * row[share]:.3g} %".replace("-", "\u2212")}
        for row in rows
        if row[share] is not None
    ]
    y = names(name, order)
    x = alt.X(f"{share}:Q", title=title, scale=alt.Scale(padding=52, nice=False), axis=alt.Axis(format="%"))
    base = alt.Chart(alt.Data(values=values))
    bar = base.mark_bar(color="#7fb8d8", stroke=PALETTE[1], size=14).encode(y=y, x=x)
    layers = [bar]
    for below, align, shift in ((False, "left", 5), (True, "right", -5)):
        own = [row for row in values if (row[share] < 0) == below]
        if own:
            text = alt.Chart(alt.Data(values=own)).mark_text(align=align, dx=shift, baseline="middle", fontSize=11)
            layers.append(text.encode(y=y, x=x, text="text:N"))
    missing = [{name: wrapped(row[name]), "said": unknown} for row in rows if row[share] is None]
    if missing:
        layers.append(words(missing, name, "said", order))
    return finished(alt.layer(*layers), height=height_of(order), at_least="34rem")
