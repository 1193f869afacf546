"""A point on a line from low to high."""

from typing import Any

from cradle.report.charts.style import BAR, PALETTE, finished, only
from cradle.report.page import Row


def ranges(rows: list[Row], value: str, low: str, high: str, name: str, title: str) -> dict[str, Any]:
    """A point for `value` on a line from `low` to `high`, by `name`."""
    import altair as alt

    order = list(dict.fromkeys(row[name] for row in rows))
    base = alt.Chart(alt.Data(values=only(rows, value, low, high, name))).encode(
        y=alt.Y(f"{name}:N", sort=order, title=None)
    )
    line = base.mark_rule(strokeWidth=3, color="#666666").encode(x=alt.X(f"{low}:Q", title=title), x2=f"{high}:Q")
    point = base.mark_point(filled=True, size=80, color=PALETTE[2]).encode(
        x=f"{value}:Q", tooltip=[f"{name}:N", *(alt.Tooltip(f"{n}:Q", format=",.4g") for n in (low, value, high))]
    )
    return finished(line + point, height=BAR * len(order))
