"""Whose data a page holds, and whether it may be passed on."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cradle.report.ask import Marts
from cradle.report.page import Page, Row, Section

if TYPE_CHECKING:
    from exports.licences import Licences

_SEPARATOR = "; "


@dataclass(frozen=True)
class Notice:
    """The licences that the rows of a page name, and why the page may not be passed on (empty: nothing forbids it)."""

    licences: list[str]
    reasons: list[str]


def notices(marts: Marts, pages: list[Page]) -> dict[str, Notice]:
    """The notice of each page by its slug, by the rules of `cradle export --publish`.

    Rows that name their licences are judged by them. A section whose rows name none is judged by the marts in its
    source line: as soon as an export to be passed on would hold back a row of one of them, so is the page.
    """
    from exports.publish import FOREIGN, held_back_of, licences_of
    from exports.tables import read_tables

    tables = read_tables(marts.connection)
    licences = licences_of(marts.connection, tables)
    read = {name for page in pages for section in page.sections if not _says(section) for name in _marts_of(section)}
    of_table: dict[str, list[str]] = {}
    for held in held_back_of(marts.connection, tables, read):
        if not held.reason.endswith(FOREIGN):  # that is about how files are divided
            of_table.setdefault(held.table, []).append(held.reason)
    return {page.slug: _notice(page, licences, of_table) for page in pages}


def _notice(page: Page, known: "Licences", of_table: dict[str, list[str]]) -> Notice:
    licences: set[str] = set()
    reasons: set[str] = set()
    for section in page.sections:
        if _says(section):
            found = {licence for row in section.rows for licence in _licences_of(row)}
            licences |= found
            reasons |= {why for licence in found if (why := known.reason(licence))}
        else:
            reasons |= {reason for name in _marts_of(section) for reason in of_table.get(name, [])}
        if any(_names_a_private_table(row) for row in section.rows):
            reasons.add("it names tables of your own that may not be passed on")
    return Notice(sorted(licences), sorted(reasons))


def _says(section: Section) -> bool:
    """Sources list licences of data that they name and do not hold."""
    return bool(section.rows) and ("licence_set" in section.rows[0] or "licence_id" in section.rows[0])


def _licences_of(row: Row) -> list[str]:
    if ("kind" in row and "redistributable" in row) or "licence_name" in row:
        return []
    return [
        licence for licence in str(row.get("licence_set") or row.get("licence_id") or "").split(_SEPARATOR) if licence
    ]


def _names_a_private_table(row: Row) -> bool:
    return row.get("kind") == "user_table" and row.get("redistributable") not in (None, "yes")


def _marts_of(section: Section) -> list[str]:
    return re.findall(r"\bmarts\.(\w+)", section.source)
