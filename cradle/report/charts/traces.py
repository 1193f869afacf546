"""Power over time."""

from typing import Any

from cradle.report.charts.style import PALETTE, finished, only
from cradle.report.page import Row

FLAGS = {
    "gaps": ("gap before", "triangle-down"),
    "sentinels": ("stand-in for no number", "square"),
    "negatives": ("below 0", "cross"),
    "unreadable": ("unreadable", "triangle-left"),
    "spikes": ("spike", "triangle-up"),
    "duplicate_times": ("time twice", "diamond"),
    "out_of_order": ("out of order", "circle"),
    "wraps": ("counter wrapped", "triangle-right"),
}
_NAMED = 5  # more windows than these would write their names over one another


def trace(rows: list[Row], windows: list[Row]) -> dict[str, Any]:
    """The mean power of each span of time on a band from its lowest to its highest sample.

    Rows have at_s, lowest_w, mean_w, highest_w and a count for each of FLAGS; windows have begin_s, end_s and
    window_name. A span without a sample has nulls and breaks the line. Flags stand above, told apart by shape; windows
    are shaded, and named where they are few.
    """
    import altair as alt

    x = alt.X("at_s:Q", title="seconds since the trace begins")
    drawn = alt.Chart(alt.Data(values=only(rows, "at_s", "lowest_w", "mean_w", "highest_w")))
    area = drawn.mark_area(color=PALETTE[6], opacity=0.75, interpolate="step").encode(
        x=x, y=alt.Y("lowest_w:Q", title="power in W", scale=alt.Scale(zero=True)), y2="highest_w:Q"
    )
    line = drawn.mark_line(color="#000000", strokeWidth=1).encode(
        x=x,
        y="mean_w:Q",
        tooltip=[alt.Tooltip(f"{name}:Q", format=",.4g") for name in ("at_s", "lowest_w", "mean_w", "highest_w")],
    )
    return finished(alt.layer(*_windows(windows), area, line, *_flags(rows)), height=260)


def _windows(windows: list[Row]) -> list[Any]:
    import altair as alt

    if not windows:
        return []
    base = alt.Chart(alt.Data(values=only(windows, "begin_s", "end_s", "window_name")))
    shade = base.mark_rect(color="#E69F00", opacity=0.25).encode(
        x=alt.X("begin_s:Q"), x2="end_s:Q", tooltip=["window_name:N", "begin_s:Q", "end_s:Q"]
    )
    if len(windows) > _NAMED:
        return [shade]
    names = base.mark_text(align="left", baseline="top", dx=3, fontSize=11, color="#1a1a1a")
    return [shade, names.encode(x="begin_s:Q", y=alt.value(3), text="window_name:N")]


def _flags(rows: list[Row]) -> list[Any]:
    import altair as alt

    flags = [
        {"at_s": row["at_s"], "flag": words, "samples": row[name]}
        for name, (words, _) in FLAGS.items()
        for row in rows
        if row[name]
    ]
    if not flags:
        return []
    kinds = {words: shape for words, shape in FLAGS.values() if any(flag["flag"] == words for flag in flags)}
    marks = alt.Chart(alt.Data(values=flags)).mark_point(filled=True, size=55, color=PALETTE[2])
    return [
        marks.encode(
            x="at_s:Q",
            y=alt.value(-8),
            shape=alt.Shape(
                "flag:N",
                legend=alt.Legend(title=None, orient="bottom", columns=2),
                scale=alt.Scale(domain=list(kinds), range=list(kinds.values())),
            ),
            tooltip=["flag:N", "samples:Q", alt.Tooltip("at_s:Q", format=",.4g")],
        )
    ]
