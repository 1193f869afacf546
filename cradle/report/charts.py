"""The charts of the report as Vega-Lite specifications.

Colours are those of Okabe and Ito (2008), which the colour-blind tell apart. They are ordered by lightness and
 each number stands in the table below its chart, so that black and white print loses nothing.
"""

from typing import Any

from cradle.report.page import Row

# from dark to light, so that neighbours differ in grey too
PALETTE = ["#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442"]
_BAR = 22  # height of a bar with its gap
_CONFIG = {
    "background": "transparent",
    "font": "system-ui, sans-serif",
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "labelLimit": 260},
    "legend": {"labelFontSize": 12, "titleFontSize": 12, "orient": "bottom", "columns": 3},
    "bar": {"stroke": "#ffffff", "strokeWidth": 1},
}


def stacked_bars(
    rows: list[Row], value: str, name: str, colour: str, title: str, parts: list[str] | None = None
) -> dict[str, Any]:
    """Horizontal bars of `value` by `name`, in `parts` by `colour`; the order of the rows is kept."""
    import altair as alt

    order = list(dict.fromkeys(row[name] for row in rows))
    parts = parts or sorted({row[colour] for row in rows})
    values = [{**row, "place": parts.index(row[colour])} for row in _only(rows, value, name, colour)]
    chart = (
        alt.Chart(alt.Data(values=values))
        .mark_bar()
        .encode(
            x=alt.X(f"{value}:Q", title=title, stack="zero"),
            y=alt.Y(f"{name}:N", sort=order, title=None),
            color=alt.Color(
                f"{colour}:N", title=None, scale=alt.Scale(domain=parts, range=_spread(len(parts))), sort=parts
            ),
            order=alt.Order("place:Q"),
            tooltip=[f"{name}:N", f"{colour}:N", alt.Tooltip(f"{value}:Q", format=",.4g")],
        )
    )
    return _finished(chart, height=_BAR * len(order))


def bars(rows: list[Row], value: str, name: str, title: str, log: bool = False) -> dict[str, Any]:
    """Horizontal bars or, on a logarithmic axis, points, of `value` by `name`."""
    import altair as alt

    order = list(dict.fromkeys(row[name] for row in rows))
    base = alt.Chart(alt.Data(values=_only(rows, value, name)))
    marked = base.mark_point(filled=True, size=70, color=PALETTE[1]) if log else base.mark_bar(color=PALETTE[1])
    return _finished(
        marked.encode(
            x=alt.X(f"{value}:Q", title=title, scale=alt.Scale(type="log" if log else "linear")),
            y=alt.Y(f"{name}:N", sort=order, title=None),
            tooltip=[f"{name}:N", alt.Tooltip(f"{value}:Q", format=",.4g")],
        ),
        height=_BAR * len(order),
    )


def ranges(rows: list[Row], value: str, low: str, high: str, name: str, title: str) -> dict[str, Any]:
    """A point for `value` on a line from `low` to `high`, by `name`."""
    import altair as alt

    order = list(dict.fromkeys(row[name] for row in rows))
    base = alt.Chart(alt.Data(values=_only(rows, value, low, high, name))).encode(
        y=alt.Y(f"{name}:N", sort=order, title=None)
    )
    line = base.mark_rule(strokeWidth=3, color="#666666").encode(x=alt.X(f"{low}:Q", title=title), x2=f"{high}:Q")
    point = base.mark_point(filled=True, size=80, color=PALETTE[2]).encode(
        x=f"{value}:Q", tooltip=[f"{name}:N", *(alt.Tooltip(f"{n}:Q", format=",.4g") for n in (low, value, high))]
    )
    return _finished(line + point, height=_BAR * len(order))


def curves(rows: list[Row], x: str, y: str, line: str, x_title: str, y_title: str) -> dict[str, Any]:
    """Lines of `y` against `x` on logarithmic axes, one a `line`, told apart by colour and dashes."""
    import altair as alt

    lines = sorted({row[line] for row in rows})
    chart = (
        alt.Chart(alt.Data(values=_only(rows, x, y, line)))
        .mark_line(point=True)
        .encode(
            x=alt.X(f"{x}:Q", title=x_title, scale=alt.Scale(type="log")),
            y=alt.Y(f"{y}:Q", title=y_title, scale=alt.Scale(type="log")),
            color=alt.Color(f"{line}:N", title=None, scale=alt.Scale(domain=lines, range=_spread(len(lines)))),
            strokeDash=alt.StrokeDash(f"{line}:N", title=None),
            tooltip=[f"{line}:N", alt.Tooltip(f"{x}:Q", format=",.4g"), alt.Tooltip(f"{y}:Q", format=",.4g")],
        )
    )
    return _finished(chart, height=320)


def matrix(rows: list[Row], x: str, y: str, state: str) -> dict[str, Any]:
    """A cell for each pair of `x` and `y`, coloured and lettered by `state`."""
    import altair as alt

    states = sorted({row[state] for row in rows})
    base = alt.Chart(alt.Data(values=_only(rows, x, y, state))).encode(
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
    return _finished(cells, height=alt.Step(22), width=alt.Step(34))


def _only(rows: list[Row], *names: str) -> list[Row]:
    return [{name: row[name] for name in names} for row in rows]


def _spread(count: int) -> list[str]:
    return [PALETTE[index % len(PALETTE)] for index in range(count)]


def _finished(chart: Any, height: Any, width: Any = "container") -> dict[str, Any]:
    spec = chart.properties(width=width, height=height).to_dict(validate=True)
    return {**spec, "config": _CONFIG}
