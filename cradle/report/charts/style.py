"""What every chart of the report shares: colours, fonts, sizes.

Colours are those of Okabe and Ito (2008), which the colour-blind tell apart. They are ordered by lightness and each
number stands in the table below its chart, so that black and white print loses nothing.
"""

from typing import Any

from cradle.report.page import Row

# from dark to light, so that neighbours differ in grey too
PALETTE = ["#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442"]
BAR = 22  # height of a bar with its gap
CONFIG = {
    "background": "transparent",
    "font": "system-ui, sans-serif",
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "labelLimit": 260},
    "legend": {"labelFontSize": 12, "titleFontSize": 12, "orient": "bottom", "columns": 3},
    "bar": {"stroke": "#ffffff", "strokeWidth": 1},
}


def only(rows: list[Row], *names: str) -> list[Row]:
    """The rows with these columns alone, so that a page does not carry what its chart does not draw."""
    return [{name: row[name] for name in names} for row in rows]


def spread(count: int) -> list[str]:
    """That many colours, neighbours different."""
    return [PALETTE[index % len(PALETTE)] for index in range(count)]


def finished(chart: Any, height: Any, width: Any = "container") -> dict[str, Any]:
    """The chart of Altair as a checked specification of a height, as wide as its box."""
    spec = chart.properties(width=width, height=height).to_dict(validate=True)
    return {**spec, "config": CONFIG}
