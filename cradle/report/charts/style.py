"""What every chart of the report shares: colours, fonts, sizes.

Colours are those of Okabe and Ito (2008), which the colour-blind tell apart. They are ordered by lightness and each
number stands in the table below its chart, so that black and white print loses nothing.
"""

import re
import textwrap
from itertools import pairwise
from typing import Any

from cradle.report.page import Row

# from dark to light, so that neighbours differ in grey too
PALETTE = ["#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442"]
# a stage and a phase have the same colour on every page; neighbours in a bar differ in grey
STAGES = {
    "manufacturing": "#0072B2",
    "embodied, not split": "#333333",
    "transport": "#CC79A7",
    "use": "#E69F00",
    "end of life": "#F0E442",
}
PHASES = {"embodied": "#0072B2", "operational": "#E69F00"}
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-left", "triangle-right"]
DARK = {"#000000", "#333333", "#0072B2"}  # words on these are white
BAR = 22  # height of a bar with its gap
THICK = 18  # of a bar
LINE = 15  # height of a line of a label
LONG_ENTRIES = {"columns": 1, "labelLimit": 0}  # of a legend whose entries are sentences
# what Vega's own language stops at, or what turns the direction of reading in a label
_UNDRAWN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
CONFIG = {
    "background": "transparent",
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "titleColor": "#3d4651",
        "labelColor": "#1a1a1a",
        "labelLimit": 260,
        "gridColor": "#e6e9ed",
        "domainColor": "#9aa3ad",
        "tickColor": "#9aa3ad",
        "tickCount": 5,
        "labelOverlap": "greedy",
    },
    "axisY": {"labelOverlap": False},
    "legend": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "orient": "top",
        "direction": "horizontal",
    },
    "bar": {"stroke": "#ffffff", "strokeWidth": 1},
}


def only(rows: list[Row], *names: str) -> list[Row]:
    """The rows with these columns alone, so that a page does not carry what its chart does not draw."""
    return [{name: row[name] for name in names} for row in rows]


def spread(count: int) -> list[str]:
    """That many colours, neighbours different."""
    return [PALETTE[index % len(PALETTE)] for index in range(count)]


def wrapped(label: str, width: int = 28) -> str:
    """A long label on several lines, to be drawn by `names`."""
    return "\n".join(textwrap.wrap(label, width, break_long_words=True)) or label


def order_of(rows: list[Row], name: str, width: int = 28) -> list[str]:
    """The labels of an axis: each `name` of the rows once, wrapped, in the order of the rows."""
    return list(dict.fromkeys(wrapped(row[name], width) for row in rows))


def height_of(labels: list[str], bar: int = BAR) -> int:
    """How high an axis of wrapped labels must be for none to meet another; all rows of an axis are equally high."""
    needed = [max(bar, 7 + LINE * (1 + label.count("\n"))) for label in labels]
    # half of a long label reaches into the row of its neighbour
    row = max([bar, *(-(-(one + other) // 2) for one, other in pairwise(needed))]) if len(needed) > 1 else sum(needed)
    return row * len(needed)


def names(field: str, order: list[str]) -> Any:
    """The axis of names, in this order and on as many lines as they have."""
    import altair as alt

    return alt.Y(
        f"{field}:N",
        title=None,
        scale=alt.Scale(domain=order),
        axis=alt.Axis(
            labelExpr="split(datum.label, '\\n')",
            # Vega sets the first line beside the bar: the middle of all lines belongs there
            labelOffset={
                "condition": [
                    {"test": f"length(split(datum.value, '\\n')) == {lines}", "value": (1 - lines) * LINE / 2 + 1}
                    for lines in range(2, 7)
                ],
                "value": 0,
            },
            ticks=False,
            domain=False,
            labelPadding=6,
        ),
    )


def legend(entries: list[str], labels: list[str]) -> Any:
    """A legend above the bars with as many entries a line as a phone has room for right of these labels."""
    import altair as alt

    widest = 26 + 7 * max((len(entry) for entry in entries), default=1)
    room = 350 - 7 * max((len(line) for label in labels for line in label.split("\n")), default=0)
    return alt.Legend(title=None, columns=max(1, min(len(entries), room // widest)))


def finished(
    chart: Any, height: Any, width: Any = "container", at_least: str = "", legends: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The chart of Altair as a checked specification of a height, as wide as its box.

    `at_least` is the width in CSS below which its marks could not be told apart: a smaller screen scrolls it. `legends`
    is what its legends have other than those of the rest. Raises altair's SchemaValidationError for a faulty chart.
    """
    spec = _drawable(chart.properties(width=width, height=height).to_dict(validate=True))
    config = {**CONFIG, "legend": {**CONFIG["legend"], **(legends or {})}}
    return {**spec, "config": config, **({"usermeta": {"atLeast": at_least}} if at_least else {})}


def _drawable(spec: Any) -> Any:
    """The specification with a space for each character of a text that cannot be drawn."""
    if isinstance(spec, str):
        return _UNDRAWN.sub(" ", spec)
    if isinstance(spec, list):
        return [_drawable(one) for one in spec]
    return {name: _drawable(one) for name, one in spec.items()} if isinstance(spec, dict) else spec
