"""How far computed values are from printed ones, with what the rounding of the print hides."""

from typing import Any

from cradle.report.charts.style import finished, height_of, legend, names, order_of, wrapped
from cradle.report.page import Row

STATES = {
    "inside print rounding": ("#0072B2", "circle"),
    "within 1 %": ("#56B4E9", "square"),
    "further off": ("#D55E00", "triangle-up"),
}
_TICKS = [10.0**power for power in range(0, 6)]


def residuals(rows: list[Row], residual: str, half_step: str, name: str, state: str) -> dict[str, Any]:
    """A point for each `residual` in % by `name`, shaped by `state`, on a line of what rounding allows.

    `half_step` is half of the last printed digit in % of the print (None where it is not known). The axis is linear
    between -1 and 1 % and logarithmic beyond, so that 0.1 % and 70 % can be read together.
    """
    import altair as alt

    order = order_of(rows, name, 34)
    values = [
        {
            "name": wrapped(row[name], 34),
            "residual": row[residual],
            "state": row[state],
            "low": None if row[half_step] is None else -row[half_step],
            "high": row[half_step],
        }
        for row in rows
    ]
    reach = max(1.0, *(abs(row[residual]) for row in rows), *(row[half_step] or 0.0 for row in rows))
    ticks = [tick for tick in _TICKS if tick <= reach]
    scale = alt.Scale(type="symlog", constant=1, domain=[-reach * 1.2, reach * 1.2], nice=False)
    base = alt.Chart(alt.Data(values=values)).encode(y=names("name", order))
    x = alt.X(
        "residual:Q",
        title="computed minus printed, % of the print",
        scale=scale,
        axis=alt.Axis(values=[*(-t for t in reversed(ticks)), 0, *ticks], format=",d"),
    )
    zero = alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color="#555555").encode(x=alt.X("zero:Q", scale=scale))
    points = base.mark_point(filled=True, size=75, opacity=1).encode(
        x=x,
        color=_scaled(alt.Color, 0, order),
        shape=_scaled(alt.Shape, 1, order),
        tooltip=["name:N", alt.Tooltip("residual:Q", format=".3g", title="residual in %"), "state:N"],
    )
    layers = [zero, points]
    rounded = [row for row in values if row["high"] is not None]
    if rounded:
        band = alt.Chart(alt.Data(values=rounded)).mark_rule(strokeWidth=9, color="#d3d9e0")
        layers.insert(0, band.encode(y=names("name", order), x=alt.X("low:Q", scale=scale), x2="high:Q"))
    return finished(alt.layer(*layers), height=height_of(order))


def _scaled(channel: Any, which: int, order: list[str]) -> Any:
    import altair as alt

    return channel(
        "state:N",
        sort=list(STATES),
        legend=legend(list(STATES), order),
        scale=alt.Scale(domain=list(STATES), range=[both[which] for both in STATES.values()]),
    )
