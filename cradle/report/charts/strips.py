"""Each value a mark, in strips of those who state it, under the heading of what it is a value of."""

from typing import Any

from cradle.report.charts.style import PALETTE, finished
from cradle.report.page import Row
from cradle.report.quantities import written

_LINE = 19
_SHAPES = ["circle", "diamond", "triangle-up", "cross"]


def strips(
    rows: list[Row],
    group: str,
    source: str,
    value: str,
    title: str,
    kind: str | None = None,
    compared: str | None = None,
    log: bool = True,
) -> dict[str, Any]:
    """A line for each `source` under each `group`, in the order given, with a mark for each of its values.

    The heading's line spans the lowest to the highest value that is compared: all, or those where `compared` is true.
    Marks have a shape for each `kind`, at most four. The numbers stand beside the marks. On a logarithmic axis a value
    of 0 or below raises ValueError.
    """
    import altair as alt

    if log and any(row[value] <= 0 for row in rows):
        raise ValueError("a value of 0 or below has no place on a logarithmic axis")
    marks, spans, texts, order = [], [], [], []
    for name in dict.fromkeys(row[group] for row in rows):
        members = [row for row in rows if row[group] == name]
        counted = [row[value] for row in members if compared is None or row[compared]]
        order.append(name)
        if counted:
            spans.append({"line": name, "low": min(counted), "high": max(counted)})
        for stated_by in dict.fromkeys(row[source] for row in members):
            line = f"{name}|{stated_by}"
            order.append(line)
            own = [row for row in members if row[source] == stated_by]
            marks += [
                {
                    "line": line,
                    "source": stated_by,
                    "of": name,
                    "value": row[value],
                    "kind": row[kind] if kind else "",
                }
                for row in own
            ]
            lowest, highest = min(row[value] for row in own), max(row[value] for row in own)
            said = written(lowest) if lowest == highest else f"{written(lowest)} to {written(highest)}"
            texts.append({"line": line, "value": highest, "text": said})
    scale = alt.Scale(type="log" if log else "linear", padding=10, nice=False, zero=alt.Undefined if log else True)
    axis = alt.Axis(format=",.6~g", orient="top")
    x = alt.X("value:Q", title=title, scale=scale, axis=axis)
    heading = "indexof(datum.value, '|') < 0"
    y = alt.Y(
        "line:N",
        title=None,
        scale=alt.Scale(domain=order),
        axis=alt.Axis(
            labelExpr="slice(datum.label, indexof(datum.label, '|') + 1)",
            labelFontWeight={"condition": {"test": heading, "value": "bold"}, "value": "normal"},
            labelLimit=230,
            ticks=False,
            domain=False,
            labelPadding=6,
        ),
    )
    span = (
        alt.Chart(alt.Data(values=spans))
        .mark_rule(strokeWidth=4, color="#b8c4ce")
        .encode(y=y, x=alt.X("low:Q", title=title, scale=scale, axis=axis), x2="high:Q")
    )
    kinds = sorted({row["kind"] for row in marks})
    shape = alt.Shape(
        "kind:N",
        title=None,
        legend=alt.Legend() if len(kinds) > 1 else None,
        scale=alt.Scale(domain=kinds, range=_SHAPES[: len(kinds)]),
    )
    point = (
        alt.Chart(alt.Data(values=marks))
        .mark_point(filled=True, opacity=0.85, size=60, color=PALETTE[1])
        .encode(y=y, x=x, shape=shape, tooltip=["of:N", "source:N", alt.Tooltip("value:Q", format=",.4g"), "kind:N"])
    )
    text = alt.Chart(alt.Data(values=texts)).mark_text(align="left", dx=8, baseline="middle", fontSize=11)
    return finished(
        alt.layer(span, point, text.encode(y=y, x=x, text="text:N")), height=_LINE * len(order), at_least="34rem"
    )
