"""The rows of a table file, as text: a CSV or a sheet of a workbook."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from cradle.errors import ParseError
from ingest.reference_tables.mapping import FileForm

# what fits into 2 GB on the way to the warehouse: 1,000,000 cells took 0.7 GB (2026-11)
BYTES_MAX = 250_000_000
CELLS_MAX = 1_000_000
# of all columns, those that are left out too: 100,000,000 empty ones took 1.9 GB
GRID_MAX = 25_000_000


@dataclass(frozen=True)
class Grid:
    """A header, the units below it (None where the mapping names no row of units), and the rows with their faults.

    `rows` have as many cells as the header; `faults` is what was wrong with the shape of a row, by its number.
    """

    header: list[str]
    units: list[str] | None
    rows: list[list[str | None]]
    faults: dict[int, str]


def read_grid(path: Path, form: FileForm) -> Grid:
    """Return the rows of the file. Raises ParseError for one that is not of the form that the mapping states."""
    from ingest.reference_tables.sheets import is_workbook, rows_of_sheet

    if path.stat().st_size > BYTES_MAX:
        raise too_large(path.name, f"{BYTES_MAX:,} bytes", f"{path.stat().st_size:,} bytes")
    if is_workbook(path):
        return _from_lines(rows_of_sheet(path, form), path.name, form)
    return _from_lines(_csv_rows(_decoded(path, form), path.name, form), path.name, form)


def _decoded(path: Path, form: FileForm) -> str:
    from ingest.plain_csv import decode

    content = path.read_bytes()
    if form.encoding == "utf-8":
        return decode(content, path.name, "a CSV in UTF-8, as the mapping says")
    if b"\0" in content or content.startswith(b"\xef\xbb\xbf"):
        raise _refused(path.name, "text in cp1252, as the mapping says", "zero bytes or the mark of UTF-8")
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        got = f"byte 0x{content[error.start]:02x} at {error.start + 1}, which cp1252 does not have"
        raise _refused(path.name, "text in cp1252, as the mapping says", got) from None


def _csv_rows(text: str, where: str, form: FileForm) -> list[list[str]]:
    delimiter = form.delimiter if form.delimiter != "auto" else _delimiter(text, form)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, line, cells = [], 1, 0
    try:
        for row in reader:
            rows.append(row)
            cells += len(row)
            if len(rows) > CELLS_MAX:
                raise too_large(where, f"{CELLS_MAX:,} rows", "more")
            if cells > GRID_MAX:
                raise too_large(where, f"{GRID_MAX:,} cells, empty ones counted", f"more, in {len(rows):,} rows")
            line = reader.line_num + 1
    except csv.Error as error:
        raise _refused(
            f"{where}, the row that starts on line {line}",
            f"cells between {delimiter!r}, each quote closed",
            str(error),
        ) from None
    return rows


def _delimiter(text: str, form: FileForm) -> str:
    line = io.StringIO(text, newline="")
    for _ in range(form.header_row):
        header = line.readline()
    return max((";", ",", "\t", "|"), key=header.count)


def _from_lines(lines: list[list[str]], where: str, form: FileForm) -> Grid:
    first = max(form.header_row, form.units_row or 0)
    if len(lines) <= first:
        raise _refused(where, f"a header in row {form.header_row} and rows below", f"{len(lines)} rows")
    header = [cell.strip() for cell in lines[form.header_row - 1]]
    width = len(header)
    units = None
    if form.units_row:
        units = [cell.strip() for cell in lines[form.units_row - 1]]
        units += [""] * (width - len(units))
    empty = {"", *form.empty_words}
    rows, faults, blank = [], {}, [None] * width
    for line in lines[first:]:
        if len(line) <= 1 and not any(line):
            continue  # an empty line is no row
        cells = [None if cell in empty else cell for cell in line]
        if len(cells) != width:
            surplus = "".join(f", {cell!r}" for cell in line[width : width + 3])
            faults[len(rows) + 1] = f"{len(cells)} cells under a header of {width}{surplus}"
            cells = (cells + blank)[:width]
        rows.append(cells)
    if not rows:
        raise _refused(where, "at least one row below the header", "0 rows")
    return Grid(header, units, rows, faults)


def too_large(where: str, most: str, got: str) -> ParseError:
    """The error of a table that would not fit into memory."""
    return ParseError(
        "The table is too large to be loaded at once",
        where=where,
        expected=f"at most {most}",
        got=got,
        todo="split it into several files and load each under a name of its own (`--table NAME`)",
    )


def _refused(where: str, expected: str, got: str) -> ParseError:
    return ParseError(
        "The file is not of the form that the mapping states",
        where=where,
        expected=expected,
        got=got,
        todo="take the file as it was published, or mend `file:` in the mapping",
    )
