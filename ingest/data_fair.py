"""Pages of lines as a data-fair server gives them: `{"total", "next", "results": [...]}`, one or a list of them.

Facts of the form (data-fair's source, 2025): only the first page must state `total`; an empty cell has no key; keys
that begin with `_` are computed by the server, `_i` is the number of the line in the publisher's file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from cradle.errors import ParseError
from ingest.json_text import Members, items, members, read_value

LINE_NUMBER = "_i"
MEMBERS = ("total", "next", "results")
EXPECTED = 'pages of a data-fair server: {"total": ..., "next": ..., "results": [...]}'


class Number(str):
    """The text of a JSON number, to tell it from a JSON text."""


@dataclass(frozen=True)
class Page:
    """One page; `total` and `next` are None where it states none."""

    total: int | None
    next: str | None
    lines: list[Members]


def looks_like_pages(content: bytes) -> bool:
    """Return whether the content begins as JSON does."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def read_pages(content: bytes, where: str) -> list[Page]:
    """Return the page, or the pages of a list. Raises ParseError for what is no such page."""
    value = read_value(content, where, number=Number)
    if isinstance(value, Members) or not isinstance(value, list):
        return [_page(value, where)]
    if not value:
        _refuse("The list holds no page", where, "an empty list", "save the pages again")
    return [_page(page, f"{where}, page {number}") for number, page in enumerate(value, 1)]


def all_lines(pages: list[Page], where: str) -> list[Members]:
    """Return the lines of all pages, in the order of the publisher's file where the server numbers them.

    Raises ParseError where a page is missing or there twice.
    """
    lines = [line for page in pages for line in page.lines]
    refuse_other_number(len(lines), {page.total for page in pages}, where)
    numbers = [_line_number(line) for line in lines]
    known = [number for number in numbers if number is not None]
    if len(set(known)) < len(known):
        twice = next(number for number in known if known.count(number) > 1)
        _refuse("A line is there twice", where, f"{LINE_NUMBER} {twice} more than once", "take each page once")
    if len(known) < len(lines):
        return lines
    return [line for _, line in sorted(zip(numbers, lines, strict=True), key=lambda numbered: numbered[0])]


def refuse_other_number(lines: int, totals: Iterable[int | None], where: str) -> None:
    """Raise ParseError where the pages do not hold as many lines as they say there are."""
    stated = {total for total in totals if total is not None}
    if not stated:
        _refuse("No page says how many lines there are", where, "no 'total'", "add the first page, which states it")
    if len(stated) > 1:
        got = f"totals {', '.join(map(str, sorted(stated)))}"
        _refuse("The pages are of different releases or questions", where, got, "save all pages again, in one go")
    (total,) = stated
    if lines != total:
        what = "Pages are missing" if lines < total else "There are more lines than the pages say, as if one came twice"
        got = f"{lines:,} lines where the pages state {total:,}"
        _refuse(what, where, got, "save every page, following 'next' to its end, and give each once")


def _page(value: object, where: str) -> Page:
    found = members(value, where)
    parts = {name: [part for key, part in found if key == name] for name in MEMBERS}
    if len(parts["results"]) != 1 or any(len(part) > 1 for part in parts.values()):
        keys = ", ".join(key for key, _ in found)[:200] or "none"
        _refuse(
            "This is no page of lines",
            where,
            f"the keys {keys!a}",
            "save the page of the address that ends in /lines",
        )
    total, following = (next(iter(parts[name]), None) for name in ("total", "next"))
    if not (total is None or (isinstance(total, Number) and total.isdecimal())):
        _refuse("The total is no number of lines", where, ascii(total)[:80], "save the page again")
    if not (following is None or (isinstance(following, str) and not isinstance(following, Number))):
        _refuse("The address of the next page is no text", where, ascii(following)[:80], "save the page again")
    lines = [members(line, f"{where}, result {n}") for n, line in enumerate(items(parts["results"][0], where), 1)]
    return Page(None if total is None else int(total), following or None, lines)


def _line_number(line: Members) -> int | None:
    stated = [value for key, value in line if key == LINE_NUMBER]
    return int(stated[0]) if len(stated) == 1 and isinstance(stated[0], Number) and stated[0].isdecimal() else None


def _refuse(what: str, where: str, got: str, todo: str) -> NoReturn:
    raise ParseError(what, where=where, expected=EXPECTED, got=got, todo=todo)
