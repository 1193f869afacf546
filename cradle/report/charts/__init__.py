"""The charts of the report as Vega-Lite specifications, one file a kind."""

from cradle.report.charts.bars import bars, stacked_bars
from cradle.report.charts.beside import beside
from cradle.report.charts.curves import curves, labelled_curves
from cradle.report.charts.matrix import matrix
from cradle.report.charts.points import points
from cradle.report.charts.ranges import ranges
from cradle.report.charts.residuals import residuals
from cradle.report.charts.style import PHASES, STAGES

__all__ = [
    "PHASES",
    "STAGES",
    "bars",
    "beside",
    "curves",
    "labelled_curves",
    "matrix",
    "points",
    "ranges",
    "residuals",
    "stacked_bars",
]
