"""From one result to another through what causes their difference."""

from math import isclose
from typing import Any

from cradle.report.charts.style import PALETTE, finished, height_of, names, wrapped
from cradle.report.page import Row
from cradle.report.quantities import written

_KINDS = {"result": "#5b6670", "adds": PALETTE[2], "takes away": PALETTE[6]}


def waterfall(rows: list[Row], name: str, amount: str, first: float, last: float, title: str) -> dict[str, Any]:
    """Bars of each `amount` between the results `first` and `last`, by `name`: each starts where the one before ends.

    The first and the last bar are the results, called "before" and "after" where rows have no such names. Raises
    ValueError where the parts do not lead from one to the other: a picture that does not add up is none.
    """
    import altair as alt

    if not isclose(first + sum(row[amount] for row in rows), last, rel_tol=1e-9, abs_tol=1e-9 * abs(first)):
        raise ValueError("the parts do not add up to the difference")
    steps: list[Row] = [{"label": "before", "start": 0.0, "end": first, "kind": "result", "text": written(first)}]
    reached = first
    for row in rows:
        step = row[amount]
        sign = "+" if step >= 0 else "\u2212"
        steps.append(
            {
                "label": wrapped(row[name]),
                "start": reached,
                "end": reached + step,
                "kind": "adds" if step >= 0 else "takes away",
                "text": sign + written(abs(step)),
            }
        )
        reached += step
    steps.append({"label": "after", "start": 0.0, "end": last, "kind": "result", "text": written(last)})
    order = [row["label"] for row in steps]
    for row in steps:
        row["edge"] = max(row["start"], row["end"])
    kinds = [kind for kind in _KINDS if any(row["kind"] == kind for row in steps)]
    scale = alt.Scale(padding=54, nice=False, domainMin=min(0.0, *(row["end"] for row in steps)))
    y = names("label", order)
    base = alt.Chart(alt.Data(values=steps))
    bar = base.mark_bar(size=16, stroke="#333333", strokeWidth=0.5).encode(
        y=y,
        x=alt.X("start:Q", title=title, scale=scale, axis=alt.Axis(format=",.6~g")),
        x2="end:Q",
        color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=kinds, range=[_KINDS[kind] for kind in kinds])),
        tooltip=["label:N", "kind:N", "text:N"],
    )
    text = base.mark_text(align="left", dx=5, baseline="middle", fontSize=11).encode(y=y, x="edge:Q", text="text:N")
    return finished(alt.layer(bar, text), height=height_of(order, bar=26), at_least="34rem")
