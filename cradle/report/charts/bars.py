"""Horizontal bars."""

from typing import Any

from cradle.report.charts.style import (
    DARK,
    PALETTE,
    THICK,
    finished,
    height_of,
    legend,
    names,
    only,
    order_of,
    spread,
    wrapped,
)
from cradle.report.page import Row


def stacked_bars(
    rows: list[Row],
    value: str,
    name: str,
    colour: str,
    title: str,
    parts: list[str] | None = None,
    colours: dict[str, str] | None = None,
    said: list[Row] | None = None,
    percent: bool = False,
) -> dict[str, Any]:
    """Horizontal bars of `value` by `name`, in `parts` by `colour`; the order of the rows is kept.

    `colours` gives each part its own, in their order. `said` are words at the end of a bar: rows of `name` and `text`;
    a name that only they have gets a line without a bar, so that what is not modelled is seen to be.
    `percent` marks the axis of shares.
    """
    import altair as alt

    said = said or []
    order = order_of([*rows, *said], name)
    present = {row[colour] for row in rows}
    parts = parts or [part for part in colours or sorted(present) if part in present]
    scale = alt.Scale(domain=parts, range=[colours[part] for part in parts] if colours else spread(len(parts)))
    values = [
        {name: wrapped(row[name]), colour: row[colour], value: row[value], "place": parts.index(row[colour])}
        for row in rows
        if row[value] is not None
    ]
    ends = _ends(values, value, name)
    longest = max(ends.values(), default=0.0)
    numbered = any(len(row["text"]) <= _NUMBER and ends.get(wrapped(row[name]), 0) > 0.8 * longest for row in said)
    room = alt.Scale(domain=[0, longest * 1.2], nice=False) if numbered and longest > 0 else alt.Undefined
    percents = alt.Axis(format="%") if percent else alt.Undefined
    drawn = (
        alt.Chart(alt.Data(values=values))
        .mark_bar(size=THICK)
        .encode(
            x=alt.X(f"{value}:Q", title=title, stack="zero", scale=room, axis=percents),
            y=names(name, order),
            color=alt.Color(f"{colour}:N", scale=scale, sort=parts, legend=legend(parts, order)),
            order=alt.Order("place:Q"),
            tooltip=[f"{name}:N", f"{colour}:N", alt.Tooltip(f"{value}:Q", format=",.4g")],
        )
    )
    if not values:
        # bars of nothing have no scale: the words alone are drawn
        return finished(_words([], said, value, name, order, set(), alone=True), height=height_of(order))
    if said:
        last = {row[name]: scale.range[row["place"]] for row in sorted(values, key=lambda row: row["place"])}
        dark = {label for label, filled in last.items() if filled in DARK}
        drawn = alt.layer(drawn, _words(values, said, value, name, order, dark))
    return finished(drawn, height=height_of(order))


def _ends(values: list[Row], value: str, name: str) -> dict[str, float]:
    """Where the bar of each name ends."""
    ends: dict[str, float] = {}
    for row in values:
        ends[row[name]] = ends.get(row[name], 0.0) + row[value]
    return ends


_NUMBER = 8  # characters of a number, for which the axis leaves room
_BARE = {"labels": False, "ticks": False, "domain": False, "grid": False, "title": None}


def _words(
    values: list[Row], said: list[Row], value: str, name: str, order: list[str], dark: set[str], alone: bool = False
) -> Any:
    import altair as alt

    ends = _ends(values, value, name)
    longest = max(ends.values(), default=0.0)
    beside, inside = [], []
    for row in said:
        label = wrapped(row[name])
        end = ends.get(label, 0.0)
        # beside a long bar there is room for a number; more words stand inside its end
        long = longest and end > 0.45 * longest and len(row["text"]) > _NUMBER
        (inside if long else beside).append({name: label, "end": end, "text": row["text"]})
    on_dark = [row for row in inside if row[name] in dark]
    on_light = [row for row in inside if row[name] not in dark]
    layers = []
    for words, align, shift, colour in (
        (beside, "left", 5, "#444444"),
        (on_light, "right", -5, "#000000"),
        (on_dark, "right", -5, "#ffffff"),
    ):
        if words:
            mark = alt.Chart(alt.Data(values=words)).mark_text(
                align=align, dx=shift, color=colour, baseline="middle", fontSize=11, fontStyle="italic"
            )
            along = alt.X("end:Q", scale=alt.Scale(domain=[0, 1]), axis=_BARE) if alone else "end:Q"
            layers.append(mark.encode(y=names(name, order), x=along, text="text:N"))
    return alt.layer(*layers)


def bars(rows: list[Row], value: str, name: str, title: str, log: bool = False) -> dict[str, Any]:
    """Horizontal bars or, on a logarithmic axis, points, of `value` by `name`."""
    import altair as alt

    order = order_of(rows, name)
    base = alt.Chart(alt.Data(values=[{**row, name: wrapped(row[name])} for row in only(rows, value, name)]))
    marked = (
        base.mark_point(filled=True, size=70, color=PALETTE[1]) if log else base.mark_bar(color=PALETTE[1], size=THICK)
    )
    return finished(
        marked.encode(
            x=alt.X(f"{value}:Q", title=title, scale=alt.Scale(type="log" if log else "linear")),
            y=names(name, order),
            tooltip=[f"{name}:N", alt.Tooltip(f"{value}:Q", format=",.4g")],
        ),
        height=height_of(order),
    )
