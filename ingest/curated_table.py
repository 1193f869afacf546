"""A table of our own that lies beside a sidecar: UTF-8, ',' between the cells, our column names as header."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import ParseError
from ingest.csv_rows import rows_of

if TYPE_CHECKING:
    import polars as pl

EXPECTED = "a ','-separated CSV in UTF-8"


def read_table(path: Path, columns: Sequence[str]) -> "pl.DataFrame":
    """Return the rows of the file as text columns, in the order of `columns`, and row_number; an empty cell is null.

    Raises ParseError where the file is no such table, its columns are not `columns` or a row is cut off.
    """
    import polars as pl

    rows = rows_of(_text(path), path.name)
    header = rows.pop(0)
    if sorted(header) != sorted(columns):
        raise ParseError(
            "The columns are not those of this table",
            where=f"{path.name}, header",
            expected=f"{', '.join(columns)}; missing: {', '.join(c for c in columns if c not in header) or 'none'}",
            got=", ".join(header)[:300],
            todo="take the table from the source's folder under ingest/, or mend the header",
        )
    if not rows:
        raise ParseError(
            "The table has a header and no rows",
            where=path.name,
            expected="at least one row",
            got="0 rows",
            todo="take the table from the source's folder under ingest/",
        )
    cells = {
        name: [cell or None for cell in column] for name, column in zip(header, zip(*rows, strict=True), strict=True)
    }
    frame = pl.DataFrame({name: cells[name] for name in columns}, schema=dict.fromkeys(columns, pl.String))
    return frame.with_columns(row_number=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))


def _text(path: Path) -> str:
    content = path.read_bytes()
    start = content.lstrip()[:15].lower()
    found = None
    if not content.strip():
        found = "an empty file"
    elif start.startswith((b"<!doctype", b"<html", b"<?xml", b"<")):
        found = "a web page"
    elif start.startswith(b"pk\x03\x04"):
        found = "a workbook or another zip archive"
    elif start.startswith((b"{", b"[")):
        found = "JSON"
    elif b"\0" in content:
        found = f"UTF-16, binary or damaged content (zero bytes, the first at {content.index(0) + 1})"
    if found is None:
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            found = f"byte 0x{content[error.start]:02x} at {error.start + 1}, which is no UTF-8"
    raise ParseError(
        "This is not a table that can be read",
        where=path.name,
        expected=EXPECTED,
        got=found,
        todo="take the table from the source's folder under ingest/, or save it as UTF-8 CSV",
    )
