"""The marts that an analyst wants first as one Excel workbook, with a data dictionary and a page about itself."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cradle import __version__
from cradle.errors import ExportError
from exports.excel.cells import RUNS, as_excel, shortened
from exports.excel.readme import readme
from exports.excel.sheets import MARTS, SHOWN, sheet_name
from exports.job import file_name
from exports.joined import joined
from exports.part import Part
from exports.progress import with_progress
from exports.tables import order_of
from exports.written import Written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from exports.job import Job

MOST_ROWS = 1_048_576  # of a sheet, its head included
BATCH = 10_000
DICTIONARY = ["table", "column", "type", "unit", "null_meaning", "description"]


def write_job(job: "Job", most_rows: int = MOST_ROWS) -> list[Written]:
    """Write a workbook for each licence pack that has one of the tables of MARTS."""
    written = []
    for pack, parts in job.packs().items():
        wanted = [part for name in MARTS for part in parts if part.table.name == name]
        if wanted:
            path = job.folder / file_name("cradle", pack, "xlsx")
            rows = _Book(job, path, most_rows).write(wanted)
            written.append(joined(path, "excel", rows, wanted, "One sheet a mart, a data dictionary and a README."))
    if not written:
        raise ExportError("no table of the workbook is there", where=", ".join(MARTS), todo="run `cradle build`")
    return written


class _Book:
    """One workbook while it is written; sheets are written row by row, so that memory does not grow with them."""

    def __init__(self, job: "Job", path: Path, most_rows: int) -> None:
        import xlsxwriter

        self.job, self.path, self.most_rows = job, path, most_rows
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.book = xlsxwriter.Workbook(str(path), {"constant_memory": True, **options})
        # a day that never changes: the same content gives the same bytes
        self.book.set_properties({"title": f"Cradle {__version__}", "created": datetime.datetime(1980, 1, 1)})
        self.head = self.book.add_format({"bold": True, "bottom": 1})
        self.date = self.book.add_format({"num_format": "yyyy-mm-dd"})
        self.text = self.book.add_format({"quote_prefix": True})
        self.taken: set[str] = set()

    def write(self, parts: list[Part]) -> int:
        """Write every sheet; returns the rows of the marts in it."""
        about = self._add_sheet("README")
        dictionary = self._add_sheet("data_dictionary")
        rows, sheets, notes = 0, [], []
        for part in with_progress(parts, f"Excel {self.path.name}", self.job.con):
            count, names = self._write_part(part, notes)
            rows += count
            sheets.append((", ".join(names), count, part.table.description, SHOWN.get(part.table.name, "all rows")))
        self._write_rows(dictionary, "data_dictionary", DICTIONARY, _dictionary(parts), [])
        for number, row in enumerate(readme(parts, sheets, notes, self.job.held_back)):
            for column, value in enumerate(row):
                self._cell(about, number, column, value)
        about.set_column(0, 0, 34)
        self.book.close()
        self.job.notes.extend(notes)
        return rows

    def _write_part(self, part: Part, notes: list[str]) -> tuple[int, list[str]]:
        """The rows of the table, and the sheets they stand in: a table with too many rows goes on in a further one."""
        columns = [column.name for column in part.table.columns]
        shown = MARTS[part.table.name] or "true"
        cursor = self.job.con.execute(f"select * from ({part.select}) where {shown} order by {order_of(part.table)}")
        names, rows, more = [], 0, cursor.fetchmany(BATCH)
        while more or not names:
            names.append(sheet_name(part.table.name, self.taken))
            sheet = self._add_sheet(names[-1], named=True)
            number = 0
            self._head(sheet, columns)
            while more:
                here, more = more[: self.most_rows - 1 - number], more[self.most_rows - 1 - number :]
                self._body(sheet, names[-1], columns, here, number + 1, notes)
                number += len(here)
                if more:  # the sheet is full
                    break
                more = cursor.fetchmany(BATCH)
            sheet.autofilter(0, 0, max(number, 1), len(columns) - 1)
            rows += number
        if len(names) > 1:
            notes.append(
                f"{part.table.name}: {rows:,} rows are more than a sheet holds; they stand in {', '.join(names)}"
            )
        return rows, names

    def _write_rows(self, sheet: Any, name: str, columns: list[str], rows: "Iterable", notes: list[str]) -> None:
        self._head(sheet, columns)
        self._body(sheet, name, columns, rows, 1, notes)

    def _add_sheet(self, name: str, *, named: bool = False) -> Any:
        return self.book.add_worksheet(name if named else sheet_name(name, self.taken))

    def _head(self, sheet: Any, columns: list[str]) -> None:
        for number, name in enumerate(columns):
            sheet.set_column(number, number, max(12, min(len(name) + 4, 32)))
            sheet.write_string(0, number, name, self.head)
        sheet.freeze_panes(1, 0)

    def _body(self, sheet: Any, name: str, columns: list[str], rows: "Iterable", start: int, notes: list[str]) -> None:
        for number, row in enumerate(rows, start):
            for column, value in enumerate(row):
                if value is not None and (cut := self._cell(sheet, number, column, value)):
                    notes.append(
                        f"{name}, row {number + 1}, {columns[column]}: {cut:,} characters cut to what a cell holds"
                    )

    def _cell(self, sheet: Any, row: int, column: int, value: Any) -> int | None:
        """Write one cell; returns the length of a text that had to be cut."""
        value = as_excel(value)
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, str):
            cut = shortened(value)
            sheet.write_string(row, column, cut or value, self.text if value.startswith(RUNS) else None)
            return len(value) if cut else None
        elif isinstance(value, datetime.date):
            sheet.write_datetime(row, column, value, self.date)
        else:
            sheet.write_number(row, column, value)
        return None


def _dictionary(parts: list[Part]) -> list[list[str | None]]:
    return [
        [
            part.table.name,
            column.name,
            column.type,
            column.unit,
            (column.nullable and column.null_meaning) or "never null",
            column.description,
        ]
        for part in parts
        for column in part.table.columns
    ]
