"""Points with the straight line fitted through them."""

from typing import Any

from cradle.report.charts.style import LONG_ENTRIES, PALETTE, SHAPES, finished, only
from cradle.report.page import Row

_DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [12, 4], [4, 6], [1, 4], [10, 2, 2, 2, 2, 2]]


def fits(
    rows: list[Row], x: str, y: str, line: str, slope: str, intercept: str, x_title: str, y_title: str
) -> dict[str, Any]:
    """Points of `y` against `x` by `line`, each with y = slope x + intercept over the range of its own points.

    Lines are told apart by colour, shape and dashes; a line whose slope is null has its points alone. The thin line is
    y = x.
    """
    import altair as alt

    rows = [row for row in rows if row[x] is not None and row[y] is not None]
    names = list(dict.fromkeys(row[line] for row in rows))
    ends = [
        end for name in names for end in _ends([row for row in rows if row[line] == name], x, line, slope, intercept)
    ]
    colour = alt.Color(f"{line}:N", title=None, scale=alt.Scale(domain=names, range=_cycled(PALETTE, names)))
    points = (
        alt.Chart(alt.Data(values=only(rows, x, y, line)))
        .mark_point(filled=True, size=60)
        .encode(
            x=alt.X(f"{x}:Q", title=x_title),
            y=alt.Y(f"{y}:Q", title=y_title),
            color=colour,
            shape=alt.Shape(f"{line}:N", title=None, scale=alt.Scale(domain=names, range=_cycled(SHAPES, names))),
            tooltip=[f"{line}:N", alt.Tooltip(f"{x}:Q", format=",.4g"), alt.Tooltip(f"{y}:Q", format=",.4g")],
        )
    )
    lines = (
        alt.Chart(alt.Data(values=ends))
        .mark_line(strokeWidth=1.5)
        .encode(
            x="at:Q",
            y="fitted:Q",
            color=colour,
            strokeDash=alt.StrokeDash(
                f"{line}:N", title=None, scale=alt.Scale(domain=names, range=_cycled(_DASHES, names))
            ),
        )
    )
    most = min(max(row[x] for row in rows), max(row[y] for row in rows)) if rows else 0
    same = alt.Chart(alt.Data(values=[{"at": 0, "fitted": 0}, {"at": most, "fitted": most}]))
    diagonal = same.mark_line(strokeWidth=1, color="#888888").encode(x="at:Q", y="fitted:Q")
    return finished(alt.layer(diagonal, lines, points), height=340, legends=LONG_ENTRIES)


def band(
    rows: list[Row], x: str, y: str, fitted: str, low: str, high: str, kind: str, x_title: str, y_title: str
) -> dict[str, Any]:
    """Measured points of `y` against `x`, shaped by `kind`, on the fitted line with its band from `low` to `high`."""
    import altair as alt

    kinds = sorted({row[kind] for row in rows})
    drawn = alt.Chart(alt.Data(values=only(rows, x, fitted, low, high)))
    area = drawn.mark_area(color="#bbbbbb", opacity=0.5).encode(
        x=alt.X(f"{x}:Q", title=x_title), y=alt.Y(f"{low}:Q", title=y_title), y2=f"{high}:Q"
    )
    line = drawn.mark_line(color="#000000", strokeWidth=1.5).encode(x=f"{x}:Q", y=f"{fitted}:Q")
    points = (
        alt.Chart(alt.Data(values=only([row for row in rows if row[y] is not None], x, y, kind)))
        .mark_point(size=60, strokeWidth=2)
        .encode(
            x=f"{x}:Q",
            y=f"{y}:Q",
            shape=alt.Shape(f"{kind}:N", title=None, scale=alt.Scale(domain=kinds, range=SHAPES[: len(kinds)])),
            color=alt.Color(f"{kind}:N", title=None, scale=alt.Scale(domain=kinds, range=PALETTE[1 : len(kinds) + 1])),
            tooltip=[f"{kind}:N", alt.Tooltip(f"{x}:Q", format=",.4g"), alt.Tooltip(f"{y}:Q", format=",.4g")],
        )
    )
    return finished(area + line + points, height=300)


def _ends(rows: list[Row], x: str, line: str, slope: str, intercept: str) -> list[Row]:
    if rows[0][slope] is None:
        return []
    return [
        {"at": at, "fitted": rows[0][intercept] + rows[0][slope] * at, line: rows[0][line]}
        for at in (min(row[x] for row in rows), max(row[x] for row in rows))
    ]


def _cycled(marks: list[Any], names: list[str]) -> list[Any]:
    return [marks[index % len(marks)] for index in range(len(names))]
