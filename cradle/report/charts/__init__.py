"""The charts of the report as Vega-Lite specifications, one file a kind."""

from cradle.report.charts.bars import bars, stacked_bars
from cradle.report.charts.beside import beside
from cradle.report.charts.counts import counts
from cradle.report.charts.curves import curves, labelled_curves
from cradle.report.charts.energies import energies
from cradle.report.charts.fits import band, fits
from cradle.report.charts.matrix import matrix
from cradle.report.charts.points import points
from cradle.report.charts.ranges import ranges
from cradle.report.charts.residuals import residuals
from cradle.report.charts.strip import strip
from cradle.report.charts.style import PHASES, STAGES
from cradle.report.charts.traces import FLAGS, trace

__all__ = [
    "FLAGS",
    "PHASES",
    "STAGES",
    "band",
    "bars",
    "beside",
    "counts",
    "curves",
    "energies",
    "fits",
    "labelled_curves",
    "matrix",
    "points",
    "ranges",
    "residuals",
    "stacked_bars",
    "strip",
    "trace",
]
