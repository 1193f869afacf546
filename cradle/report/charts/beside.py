"""Two or more kinds of number side by side: computed and printed, by one meter and by another."""

from typing import Any

from cradle.report.charts.style import finished, legend, names, order_of, wrapped
from cradle.report.page import Row

_SLOT = 19  # height of one bar of a group


def beside(
    rows: list[Row],
    value: str,
    name: str,
    kind: str,
    label: str,
    title: str,
    kinds: dict[str, str],
    percent: bool = False,
) -> dict[str, Any]:
    """A group of bars for each `name`, one for each of `kinds` (with its colour), each with the words of `label`.

    A row whose `value` is None has its words and no bar; a kind of the colour "print" is drawn as an outline, so that
    what is printed differs from what is computed without colour too. `percent` marks the axis of shares.
    """
    import altair as alt

    order = order_of(rows, name)
    largest = max((row[value] for row in rows if row[value] is not None), default=1.0)
    values = [
        {name: wrapped(row[name]), kind: row[kind], "value": row[value], "words": row[label], "end": row[value] or 0.0}
        for row in rows
    ]
    offset = alt.YOffset(f"{kind}:N", scale=alt.Scale(domain=list(kinds)), sort=list(kinds))
    x = alt.Scale(domain=[0, largest * 1.35], nice=False)
    colours = alt.Scale(domain=list(kinds), range=["#ffffff" if c == "print" else c for c in kinds.values()])
    edges = alt.Scale(domain=list(kinds), range=["#000000" if c == "print" else c for c in kinds.values()])

    def placed(drawn_rows: list[Row]) -> Any:
        return alt.Chart(alt.Data(values=drawn_rows)).encode(y=names(name, order), yOffset=offset)

    drawn = (
        placed([row for row in values if row["value"] is not None])
        .mark_bar(strokeWidth=1.5)
        .encode(
            x=alt.X("value:Q", title=title, scale=x, axis=alt.Axis(format="%") if percent else alt.Undefined),
            color=alt.Color(f"{kind}:N", scale=colours, sort=list(kinds), legend=legend(list(kinds), order)),
            stroke=alt.Stroke(f"{kind}:N", scale=edges, sort=list(kinds), legend=legend(list(kinds), order)),
            tooltip=[f"{name}:N", f"{kind}:N", "words:N"],
        )
    )
    words = (
        placed(values)
        .mark_text(align="left", baseline="middle", dx=5, fontSize=11, color="#1a1a1a")
        .encode(x="end:Q", text="words:N")
    )
    return finished(drawn + words, height=len(order) * (_SLOT * len(kinds) + 8))
