"""A range with the value as computed and, where there is one, the median of its draws."""

from typing import Any

from cradle.report.charts.style import PALETTE, finished, height_of, names, order_of, wrapped
from cradle.report.charts.words import words
from cradle.report.page import Row


def intervals(
    rows: list[Row],
    name: str,
    value: str,
    low: str,
    high: str,
    title: str,
    middle: str | None = None,
    unknown: str = "not modelled",
) -> dict[str, Any]:
    """A line from `low` to `high` with a diamond at `value` and a stroke at `middle`, by `name`, in the order given.

    The axis is logarithmic where all ends are above 0, so that equal lengths are equal ratios; else linear.
    A row without a value has the word `unknown` in place of a mark; one without a range has its diamond alone.
    """
    import altair as alt

    order = order_of(rows, name)
    values = [{**row, name: wrapped(row[name])} for row in rows if row[value] is not None]
    ranged = [row for row in values if row[low] is not None and row[high] is not None]
    numbers = [row[key] for row in values for key in (low, value, high) if row[key] is not None]
    positive = all(number > 0 for number in numbers)
    scale = alt.Scale(type="log", padding=14, nice=False) if positive else alt.Scale(zero=False, padding=14)
    axis = alt.Axis(format=",.6~g")
    y = names(name, order)
    marked = [(value, "as computed", "diamond", PALETTE[1], 130)]
    if middle:
        marked.append((middle, "median of the draws", "circle", PALETTE[5], 45))
    marks, shapes, colours = ([one[place] for one in marked] for place in (1, 2, 3))
    layers = []
    if ranged:
        ends = alt.Chart(alt.Data(values=[{key: row[key] for key in (name, low, high)} for row in ranged]))
        layers.append(
            ends.mark_rule(strokeWidth=2, color="#5b6670").encode(
                y=y, x=alt.X(f"{low}:Q", title=title, scale=scale, axis=axis), x2=f"{high}:Q"
            )
        )
        for end in (low, high):
            tick = ends.mark_tick(thickness=2, size=11, color="#5b6670")
            layers.append(tick.encode(y=y, x=alt.X(f"{end}:Q", title=title, scale=scale, axis=axis)))
    for key, mark, _, _, size in marked:
        points = [
            {name: row[name], "mark": mark, "at": row[key], "low": row[low], "high": row[high]}
            for row in values
            if row[key] is not None
        ]
        if points:
            layers.append(
                alt.Chart(alt.Data(values=points))
                .mark_point(filled=True, opacity=1, size=size)
                .encode(
                    y=y,
                    x=alt.X("at:Q", title=title, scale=scale, axis=axis),
                    shape=alt.Shape("mark:N", title=None, scale=alt.Scale(domain=marks, range=shapes)),
                    color=alt.Color("mark:N", title=None, scale=alt.Scale(domain=marks, range=colours)),
                    tooltip=[
                        f"{name}:N",
                        "mark:N",
                        *(alt.Tooltip(f"{n}:Q", format=",.4g") for n in ("at", "low", "high")),
                    ],
                )
            )
    missing = [{name: wrapped(row[name]), "said": unknown} for row in rows if row[value] is None]
    if missing:
        layers.append(words(missing, name, "said", order))
    return finished(alt.layer(*layers), height=height_of(order, bar=26), at_least="34rem")
