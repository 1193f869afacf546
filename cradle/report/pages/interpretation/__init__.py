"""Interpretation as ISO 14044 has it: what matters in a result, what it can bear, and what would change it."""

from collections.abc import Iterator

from cradle.report.ask import Marts
from cradle.report.page import Page
from cradle.report.pages.interpretation import (
    allocation,
    changelog,
    checks,
    disagreement,
    hotspots,
    planetary,
    quality,
    tornado,
    uncertainty,
    what_if,
)


def pages(marts: Marts) -> Iterator[Page]:
    """The pages of the chapter in the order of reading."""
    for one in (
        uncertainty,
        tornado,
        hotspots,
        checks,
        quality,
        what_if,
        disagreement,
        allocation,
        planetary,
        changelog,
    ):
        yield one.page(marts)
