"""The one reader of xlsx: a sheet as rows of text. Formulas, error values and dates can never pass for numbers."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import ParseError
from ingest.number_text import number_text
from ingest.workbook_parts import Parts, SheetPart
from ingest.workbook_scan import Position, Scan, SharedStrings, cell_name

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

__all__ = ["Row", "Sheet", "cell_name", "is_workbook", "read_sheet"]

Row = list[str | None]
RANGES_NAMED = 5


@dataclass(frozen=True)
class Sheet:
    """A sheet from A1 on: `rows[0][0]` is A1, all rows are equally long, empty rows at the end are left out.

    `formulas` are the positions (row, column, from 0) whose text begins with `=` because the cell holds a formula; a
    text that someone typed may begin so too. `merged` are the corners (first, last) of merged ranges, whose text is in
    the first cell alone.
    """

    name: str
    rows: list[Row]
    formulas: frozenset[Position]
    merged: list[tuple[Position, Position]]

    def refuse_merged(self, where: str, first_row: int = 0, last_row: int = 0) -> None:
        """Raise ParseError where merged cells lie in the rows from `first_row` to `last_row`, such as a header."""
        ranges = [
            f"{cell_name(*first)}:{cell_name(*last)}"
            for first, last in self.merged
            if first[0] <= last_row and last[0] >= first_row
        ]
        if ranges:
            more = f" and {len(ranges) - RANGES_NAMED} more" if len(ranges) > RANGES_NAMED else ""
            raise ParseError(
                "Cells are merged where each column needs a name of its own",
                where=f"{where}, sheet '{self.name}'",
                expected=f"no merged cells in rows {first_row + 1} to {last_row + 1}",
                got=", ".join(ranges[:RANGES_NAMED]) + more,
                todo="unmerge them and fill in each cell",
            )


def is_workbook(path: Path) -> bool:
    """Return whether the file begins as a workbook does: a zip archive, or the container of an encrypted one."""
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read_sheet(
    path: Path, sheet: str | None = None, *, fits: Callable[[Row], bool] | None = None, decimal_mark: str = "."
) -> Sheet:
    """Return a sheet of an xlsx: the one named, or the only visible one, or the only one whose first row `fits`.

    A cell is the text of its value: numbers in the shortest form that gives the stored number back (12, 0.1, 3E-05),
    with `decimal_mark`; `true` and `false`; ISO text for dates and times; errors as Excel shows them (#N/A); `=...` for
    a formula, whatever value it had when the file was saved; None for empty. Raises ParseError, one message, for what
    is no such workbook: encrypted, damaged, a zip bomb, XML with a document type, no such sheet or several, a sheet
    over the limits.
    """
    path = Path(path)
    with Parts(path) as parts:
        listed = parts.sheets()
        candidates = _candidates(parts, listed, sheet, fits is not None)
        if fits is None:
            return _read(parts, candidates[0], decimal_mark)
        read = [_read(parts, part, decimal_mark) for part in candidates]
    found = [one for one in read if one.rows and fits(one.rows[0])]
    if len(found) == 1:
        return found[0]
    names = [one.name for one in found] or [part.name for part in listed]
    raise ParseError(
        "Several sheets have the header that is asked for" if found else "No sheet has the header that is asked for",
        where=path.name,
        expected="one visible sheet whose first row is the header",
        got=f"sheets {_quoted(names)}",
        todo="keep the sheet that counts, with its header in row 1, and save the workbook",
    )


def _candidates(parts: Parts, listed: list[SheetPart], name: str | None, any_number: bool) -> list[SheetPart]:
    if name is not None:
        found = [part for part in listed if part.name == name]
    else:
        found = [part for part in listed if not part.is_hidden]
    if len(found) == 1 or (found and any_number):
        return found
    what = "The workbook does not have the sheet" if name is not None else "The workbook has several visible sheets"
    parts.refused(
        what if found or name is not None else "The workbook has no visible sheet",
        expected=f"a sheet '{name}'" if name is not None else "one visible sheet, or the name of one",
        got="sheets " + (", ".join(f"'{p.name}'" + (" (hidden)" if p.is_hidden else "") for p in listed) or "none"),
        todo="keep only the sheet that counts, or name it: a reference table's mapping has `file: {sheet: NAME}`"
        if name is None
        else "name one of these sheets, or take the workbook as it was published",
    )


def _read(parts: Parts, part: SheetPart, decimal_mark: str) -> Sheet:
    from python_calamine import CalamineError, CalamineWorkbook

    strings = SharedStrings()
    scan = Scan(parts, part.part, strings)
    with tempfile.TemporaryDirectory(prefix="cradle-") as folder:
        copy = Path(folder) / "checked.xlsx"
        parts.copy(part, copy, strings.attach, scan.attach)
        try:
            with CalamineWorkbook.from_path(copy) as workbook:
                sheet = workbook.get_sheet_by_index(0)
                rows = _rows(sheet, decimal_mark)
                merged = sheet.merged_cell_ranges or []
        except CalamineError as error:
            parts.damaged(str(error), part.part)
        except BaseException as error:  # a panic of the reader is no Exception
            if type(error).__name__ != "PanicException":
                raise
            parts.damaged(f"content that the reader cannot take: {error}", part.part)
    _write_over(rows, scan.errors)
    _write_over(rows, scan.formulas)
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    return Sheet(part.name, rows, frozenset(scan.formulas), merged)


def _rows(sheet: "CalamineSheet", decimal_mark: str) -> list[Row]:
    texts: dict[str, str] = {}  # equal cells share one text

    def text(value: object) -> str | None:
        found = value if value.__class__ is str else _text(value, decimal_mark)
        return texts.setdefault(found, found) or None

    indent = [None] * (sheet.start[1] if sheet.start else 0)
    return [[*indent, *map(text, row)] for row in sheet.iter_rows()]


def _text(value: object, decimal_mark: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value, decimal_mark)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"PT{value.total_seconds():g}S"
    return str(value)


def _write_over(rows: list[Row], cells: dict[Position, str]) -> None:
    if not cells:
        return
    width = max(len(rows[0]) if rows else 0, *(column + 1 for _, column in cells))
    height = max(len(rows), *(row + 1 for row, _ in cells))
    for row in rows:
        row.extend([None] * (width - len(row)))
    rows.extend([None] * width for _ in range(height - len(rows)))
    for (row, column), text in cells.items():
        rows[row][column] = text


def _quoted(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
