"""The charts of the report as Vega-Lite specifications, one file a kind."""

from cradle.report.charts.bars import bars, stacked_bars
from cradle.report.charts.counts import counts
from cradle.report.charts.curves import curves
from cradle.report.charts.energies import energies
from cradle.report.charts.fits import band, fits
from cradle.report.charts.matrix import matrix
from cradle.report.charts.ranges import ranges
from cradle.report.charts.strip import strip
from cradle.report.charts.traces import FLAGS, trace

__all__ = [
    "FLAGS",
    "band",
    "bars",
    "counts",
    "curves",
    "energies",
    "fits",
    "matrix",
    "ranges",
    "stacked_bars",
    "strip",
    "trace",
]
