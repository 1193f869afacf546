"""What a page of the report is made of."""

from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Link:
    """A cell of a table that leads to another page."""

    text: str
    href: str

    def __str__(self) -> str:
        """The text, as in a download."""
        return self.text


@dataclass(frozen=True)
class Panel:
    """One of several small charts of a section: its title and its Vega-Lite specification."""

    title: str
    chart: dict[str, Any]


@dataclass(frozen=True)
class Section:
    """One finding: a title, what it says, its table, a chart of that table where one helps, and where it comes from.

    `chart` is a Vega-Lite specification (None: the table alone), `panels` are several small ones instead; `alt` says in
    words what the charts show; `source` is the mart and what its rows rest on; `slug` names the download. `beside` is a
    short table that is always open, such as printed and computed values; `facts` are terms and what they are.
    """

    slug: str
    title: str
    text: str
    rows: list[Row]
    source: str
    chart: dict[str, Any] | None = None
    alt: str = ""
    panels: list[Panel] = field(default_factory=list)
    beside: list[Row] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)

    @property
    def charts(self) -> list[Panel]:
        """All charts of the section."""
        return [Panel(self.title, self.chart)] if self.chart else self.panels


@dataclass(frozen=True)
class Page:
    """A page: `slug` is the name of its file, `group` the heading under which the navigation lists it.

    `short` is its name in the navigation (its title where empty); `tiles` are figures at its top with what they are.
    """

    slug: str
    title: str
    group: str
    lead: str
    sections: list[Section] = field(default_factory=list)
    short: str = ""
    tiles: list[tuple[str, str]] = field(default_factory=list)
