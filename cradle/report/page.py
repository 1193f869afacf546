"""What a page of the report is made of."""

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
_LONGEST = 80  # characters of a slug; a file name holds 255 bytes


def slug_of(text: str) -> str:
    """The text as a name for a file and an address, that no other text has: itself where it is one already."""
    plain = re.sub(r"[^A-Za-z0-9_.-]+", "-", text).strip("-.")[:_LONGEST]
    return plain if plain == text else f"{plain}-{hashlib.sha256(text.encode()).hexdigest()[:8]}".lstrip("-")


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
    words what the charts show; `source` is the mart and what its rows rest on; `slug` names the download, made by
    `slug_of` from what is given. `beside` is a short table that is always open, such as printed and computed values;
    `facts` are terms and what they are; `more` leads on to where there is more of it.
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
    more: Link | None = None

    def __post_init__(self) -> None:
        """Names of runs, files and scenarios come from users: none may be a path, or too long for a file."""
        object.__setattr__(self, "slug", slug_of(self.slug))

    @property
    def charts(self) -> list[Panel]:
        """All charts of the section; none where it has no rows: axes of nothing say nothing."""
        if not self.rows:
            return []
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

    def __post_init__(self) -> None:
        """As of a section."""
        object.__setattr__(self, "slug", slug_of(self.slug))
