"""What a page of the report is made of."""

from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """One finding: a title, what it says, its table, a chart of that table where one helps, and where it comes from.

    `chart` is a Vega-Lite specification (None: the table alone); `alt` says in words what the chart shows; `source` is
    the mart and what its rows rest on; `slug` names the download.
    """

    slug: str
    title: str
    text: str
    rows: list[Row]
    source: str
    chart: dict[str, Any] | None = None
    alt: str = ""


@dataclass(frozen=True)
class Page:
    """A page: `slug` is the name of its file, `group` the heading under which the navigation lists it."""

    slug: str
    title: str
    group: str
    lead: str
    sections: list[Section] = field(default_factory=list)
