"""Ratios to a base: bars to the left and right of one."""

from typing import Any

from cradle.report.charts.style import PALETTE, finished, height_of, names, order_of, wrapped
from cradle.report.charts.words import words
from cradle.report.page import Row

_KINDS = ["like with like", "cells or methods differ"]


def diverging(rows: list[Row], name: str, ratio: str, title: str, unknown: str, alike: str) -> dict[str, Any]:
    """Bars from 1 to `ratio` on a logarithmic axis, by `name`: twice and half are equally long.

    A row without a ratio has its text of `unknown` in place of a bar; one where `alike` is false, which does not
    compare like with like, has an open bar. Raises ValueError for a ratio of 0 or below, which has no place on the
    axis.
    """
    import altair as alt

    order = order_of(rows, name)
    if any(row[ratio] is not None and row[ratio] <= 0 for row in rows):
        raise ValueError("a ratio of 0 or below has no place on a logarithmic axis")
    values = [
        {
            name: wrapped(row[name]),
            "ratio": row[ratio],
            "one": 1.0,
            "alike": _KINDS[0] if row[alike] else _KINDS[1],
            "side": "more" if row[ratio] >= 1 else "less",
            "text": _said(row[ratio]),
        }
        for row in rows
        if row[ratio] is not None
    ]
    y = names(name, order)
    scale = alt.Scale(type="log", padding=60, nice=False)
    x = alt.X("ratio:Q", title=title, scale=scale, axis=alt.Axis(format=",.6~g"))
    base = alt.Chart(alt.Data(values=values))
    kinds = [kind for kind in _KINDS if any(row["alike"] == kind for row in values)]
    legend = alt.Legend(symbolStrokeColor="#333333", symbolStrokeWidth=1) if len(kinds) > 1 else None
    bar = base.mark_bar(size=14, stroke="#333333").encode(
        y=y,
        x=x,
        x2="one:Q",
        color=alt.Color(
            "alike:N",
            title=None,
            scale=alt.Scale(domain=_KINDS, range=[PALETTE[1], "#ffffff"]),
            legend=legend,
        ),
        strokeDash=alt.StrokeDash(
            "alike:N", title=None, scale=alt.Scale(domain=_KINDS, range=[[1, 0], [3, 2]]), legend=legend
        ),
        tooltip=[f"{name}:N", alt.Tooltip("ratio:Q", format=",.4g"), "text:N", "alike:N"],
    )
    layers = [bar, base.mark_rule(color="#000000").encode(x=alt.X("one:Q", scale=scale))] if values else []
    for side, align, shift in (("less", "right", -5), ("more", "left", 5)):
        own = [row for row in values if row["side"] == side]
        if own:
            label = alt.Chart(alt.Data(values=own)).mark_text(align=align, dx=shift, baseline="middle", fontSize=11)
            layers.append(label.encode(y=y, x=x, text="text:N"))
    missing = [{name: wrapped(row[name]), "said": row[unknown]} for row in rows if row[ratio] is None]
    if missing:
        layers.append(words(missing, name, "said", order))
    return finished(alt.layer(*layers), height=height_of(order), at_least="34rem")


def _said(ratio: float) -> str:
    """A ratio as people say it: per cent where it is small, times where it is large."""
    if ratio >= 2:
        return f"\u00d7 {ratio:.3g}"
    percent = 100 * (ratio - 1)
    return "as before" if percent == 0 else f"{percent:+.3g} %".replace("-", "\u2212")
