"""A result with one input at a time at the ends of its range."""

from typing import Any

from cradle.report.charts.style import PALETTE, finished, height_of, names, order_of, wrapped
from cradle.report.page import Row

_ENDS = ["input at its low end", "input at its high end"]


def tornado(
    rows: list[Row], name: str, value: str, at_low: str, at_high: str, low: str, high: str, title: str
) -> dict[str, Any]:
    """Bars from the result (`value`, the same in all rows) to the results `at_low` and `at_high`, by `name`.

    The bar of the low end is open, that of the high end filled, and the input's own ends (`low`, `high`, as text) stand
    beside them. A row without both results has no place here: it raises ValueError, and is never a bar of length 0.
    """
    import altair as alt

    if any(row[key] is None for row in rows for key in (value, at_low, at_high)):
        raise ValueError("an input without a range cannot be drawn")
    order = order_of(rows, name)
    ends = [
        {
            name: wrapped(row[name]),
            "value": row[value],
            "result": row[key],
            "end": end,
            "text": row[text],
            "side": "left" if row[key] < row[value] or (row[key] == row[value] and end == _ENDS[0]) else "right",
        }
        for row in rows
        for key, end, text in ((at_low, _ENDS[0], low), (at_high, _ENDS[1], high))
    ]
    y = names(name, order)
    x = alt.X(
        "result:Q", title=title, scale=alt.Scale(zero=False, padding=58, nice=False), axis=alt.Axis(format=",.6~g")
    )
    layers = []
    for end, size in ((_ENDS[0], 15), (_ENDS[1], 11)):
        bar = alt.Chart(alt.Data(values=[row for row in ends if row["end"] == end])).mark_bar(
            size=size, stroke=PALETTE[1], strokeWidth=1.5
        )
        layers.append(
            bar.encode(
                y=y,
                x=x,
                x2="value:Q",
                fill=alt.Fill("end:N", title=None, scale=alt.Scale(domain=_ENDS, range=["#ffffff", PALETTE[1]])),
                tooltip=[f"{name}:N", "end:N", "text:N", alt.Tooltip("result:Q", format=",.4g")],
            )
        )
    for side, align, shift in (("left", "right", -5), ("right", "left", 5)):
        label = alt.Chart(alt.Data(values=[row for row in ends if row["side"] == side])).mark_text(
            align=align, dx=shift, baseline="middle", fontSize=11
        )
        layers.append(label.encode(y=y, x=x, text="text:N"))
    base = alt.Chart(alt.Data(values=[{"result": rows[0][value]}])).mark_rule(strokeWidth=2, color="#000000")
    layers.append(base.encode(x=x))
    return finished(alt.layer(*layers), height=height_of(order, bar=26), at_least="34rem")
