"""Horizontal bars."""

from typing import Any

from cradle.report.charts.style import BAR, PALETTE, finished, only, spread
from cradle.report.page import Row


def stacked_bars(
    rows: list[Row], value: str, name: str, colour: str, title: str, parts: list[str] | None = None
) -> dict[str, Any]:
    """Horizontal bars of `value` by `name`, in `parts` by `colour`; the order of the rows is kept."""
    import altair as alt

    order = list(dict.fromkeys(row[name] for row in rows))
    parts = parts or sorted({row[colour] for row in rows})
    values = [{**row, "place": parts.index(row[colour])} for row in only(rows, value, name, colour)]
    chart = (
        alt.Chart(alt.Data(values=values))
        .mark_bar()
        .encode(
            x=alt.X(f"{value}:Q", title=title, stack="zero"),
            y=alt.Y(f"{name}:N", sort=order, title=None),
            color=alt.Color(
                f"{colour}:N", title=None, scale=alt.Scale(domain=parts, range=spread(len(parts))), sort=parts
            ),
            order=alt.Order("place:Q"),
            tooltip=[f"{name}:N", f"{colour}:N", alt.Tooltip(f"{value}:Q", format=",.4g")],
        )
    )
    return finished(chart, height=BAR * len(order))


def bars(rows: list[Row], value: str, name: str, title: str, log: bool = False) -> dict[str, Any]:
    """Horizontal bars or, on a logarithmic axis, points, of `value` by `name`."""
    import altair as alt

    order = list(dict.fromkeys(row[name] for row in rows))
    base = alt.Chart(alt.Data(values=only(rows, value, name)))
    marked = base.mark_point(filled=True, size=70, color=PALETTE[1]) if log else base.mark_bar(color=PALETTE[1])
    return finished(
        marked.encode(
            x=alt.X(f"{value}:Q", title=title, scale=alt.Scale(type="log" if log else "linear")),
            y=alt.Y(f"{name}:N", sort=order, title=None),
            tooltip=[f"{name}:N", alt.Tooltip(f"{value}:Q", format=",.4g")],
        ),
        height=BAR * len(order),
    )
