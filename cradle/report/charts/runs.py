"""Each run a mark, on a line of its own by name."""

from typing import Any

from cradle.report.charts.style import BAR, PALETTE, SHAPES, finished, legend, only
from cradle.report.page import Row


def runs(
    rows: list[Row], value: str, name: str, kind: str, run: str, title: str, *, full: float | None = None
) -> dict[str, Any]:
    """A mark for `value` of each `run` by `name`, its shape and colour by `kind`, and a bar at the mean of a name.

    Names stand in the order of the rows. A row without a value has no mark. `full` draws a line at that value. The axis
    is logarithmic where all values are above 0 and the largest is more than 30 times the smallest.
    """
    import altair as alt

    rows = [row for row in rows if row[value] is not None]
    names = list(dict.fromkeys(row[name] for row in rows))
    kinds = sorted({row[kind] for row in rows})
    values = [row[value] for row in rows]
    log = bool(values) and min(values) > 0 and max(values) > 30 * min(values)
    scale = alt.Scale(type="log") if log else alt.Scale(zero=full is not None)
    base = alt.Chart(alt.Data(values=only(rows, value, name, kind, run))).encode(
        y=alt.Y(f"{name}:N", sort=names, title=None)
    )
    marks = base.mark_point(filled=True, size=60, opacity=0.8).encode(
        x=alt.X(f"{value}:Q", title=title, scale=scale),
        shape=alt.Shape(
            f"{kind}:N", legend=legend(kinds, names), scale=alt.Scale(domain=kinds, range=SHAPES[: len(kinds)])
        ),
        color=alt.Color(
            f"{kind}:N", legend=legend(kinds, names), scale=alt.Scale(domain=kinds, range=PALETTE[1 : len(kinds) + 1])
        ),
        tooltip=[f"{name}:N", f"{run}:N", f"{kind}:N", alt.Tooltip(f"{value}:Q", format=",.4g")],
    )
    means = base.mark_tick(thickness=2, size=BAR - 4, color="#000000").encode(x=f"mean({value}):Q")
    layers = [means, marks]
    if full is not None:
        rule = alt.Chart(alt.Data(values=[{value: full}])).mark_rule(strokeDash=[5, 3], color="#000000")
        layers.insert(0, rule.encode(x=f"{value}:Q"))
    return finished(alt.layer(*layers), height=BAR * len(names), legends={"labelLimit": 0})
