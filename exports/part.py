"""A part of a table that is written as one file."""

from dataclasses import dataclass

from exports.sources import Source
from exports.tables import Table


@dataclass(frozen=True)
class Part:
    """The file's name without its ending, the query that gives its rows, and whose data they are."""

    table: Table
    name: str
    select: str
    sources: list[Source]
    licence_set: list[str]


@dataclass(frozen=True)
class HeldBack:
    """Rows of a table that a published export leaves out (the row is gone) or withholds (its numbers are), and why."""

    table: str
    reason: str
    rows_left_out: int
    rows_withheld: int
