"""The charts of the report as Vega-Lite specifications, one file a kind."""

from cradle.report.charts.bars import bars, stacked_bars
from cradle.report.charts.beside import beside
from cradle.report.charts.counts import counts
from cradle.report.charts.curves import curves
from cradle.report.charts.diverging import diverging
from cradle.report.charts.energies import energies
from cradle.report.charts.fits import band, fits
from cradle.report.charts.intervals import intervals
from cradle.report.charts.matrix import matrix
from cradle.report.charts.pareto import pareto
from cradle.report.charts.points import points
from cradle.report.charts.residuals import residuals
from cradle.report.charts.runs import runs
from cradle.report.charts.scores import scores
from cradle.report.charts.shares import shares
from cradle.report.charts.states import states
from cradle.report.charts.strips import strips
from cradle.report.charts.style import PHASES, STAGES
from cradle.report.charts.tornado import tornado
from cradle.report.charts.traces import FLAGS, trace
from cradle.report.charts.waterfall import waterfall

__all__ = [
    "FLAGS",
    "PHASES",
    "STAGES",
    "band",
    "bars",
    "beside",
    "counts",
    "curves",
    "diverging",
    "energies",
    "fits",
    "intervals",
    "matrix",
    "pareto",
    "points",
    "residuals",
    "runs",
    "scores",
    "shares",
    "stacked_bars",
    "states",
    "strips",
    "tornado",
    "trace",
    "waterfall",
]
