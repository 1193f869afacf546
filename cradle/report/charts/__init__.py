"""The charts of the report as Vega-Lite specifications, one file a kind."""

from cradle.report.charts.bars import bars, stacked_bars
from cradle.report.charts.curves import curves
from cradle.report.charts.matrix import matrix
from cradle.report.charts.ranges import ranges

__all__ = ["bars", "curves", "matrix", "ranges", "stacked_bars"]
