"""Figures 3, 4, 5 and 6 of Berthelot et al. 2025 in our numbers, beside what the paper's text prints.

The figures themselves were not at hand, only the text, its tables and the captions that it cites. So each section says
what our chart shows, and no value is read off a picture: a printed value is one that stands in the text.
"""

from collections.abc import Iterator

from cradle.report.ask import Marts
from cradle.report.page import Section
from cradle.report.pages.studies.berthelot_2025 import figure_3, figure_4, figure_5, figure_6


def figures(marts: Marts) -> Iterator[Section]:
    """The four figures in their order."""
    yield from figure_3.sections(marts)
    yield figure_4.section(marts)
    yield figure_5.section(marts)
    yield figure_6.section(marts)
