"""A plain CSV of UTF-8 with ',' between cells and one header: bytes to a table of text, or a ParseError."""

import difflib
from collections import Counter
from typing import TYPE_CHECKING

from cradle.errors import ParseError
from ingest.csv_rows import rows_of

if TYPE_CHECKING:
    import polars as pl


def decode(content: bytes, where: str, expected: str) -> str:
    """Return the text of `content`; raise ParseError where it is empty, a web page, an archive, binary or not UTF-8."""

    def refused(what: str, where: str, got: str) -> ParseError:
        return ParseError(what, where=where, expected=expected, got=got, todo="download the raw file again")

    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise refused("The file is empty", where, f"{len(content)} bytes")
    if start.startswith(b"PK\x03\x04") or b"\0" in content[:200]:
        raise refused("This is no text file", where, "an archive, a workbook or UTF-16 (zero bytes)")
    if b"\0" in content:
        raise refused("The file is damaged", f"{where}, byte {content.index(0) + 1}", "a zero byte, which no text has")
    if start[:1] == b"<":
        raise refused("This is a web page and not the data", where, repr(start[:40].decode("utf-8", "replace")))
    if start.startswith(b"version https://git-lfs"):
        raise refused("This is a pointer to the data and not the data", where, "a Git LFS pointer")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(
            "The file is not UTF-8", f"{where}, byte {error.start + 1}", f"byte 0x{content[error.start]:02x}"
        ) from None


def read_table(text: str, columns: dict[str, str], where: str) -> "pl.DataFrame":
    """Return the rows of a CSV under our names (`columns`: theirs to ours), cells as written, an empty cell null.

    Raises ParseError for other columns, a row of another length, an open quote or no rows.
    """
    import polars as pl

    header, *rows = rows_of(text, where)
    _refuse_other_columns(header, columns, where)
    if not rows:
        raise ParseError(
            "The file has a header and no rows",
            where=where,
            expected="at least one row",
            got="0 rows",
            todo="download the file again",
        )
    names = [columns[name] for name in header]
    cells = [[cell if cell else None for cell in column] for column in zip(*rows, strict=True)]
    frame = pl.DataFrame(dict(zip(names, cells, strict=True)), schema=dict.fromkeys(names, pl.String))
    return frame.with_columns(row_number=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))


def refuse_wrong_delimiter(header: str, where: str) -> None:
    """Raise ParseError where the header is separated by another sign than ','."""
    for delimiter, name in ((";", "';'"), ("\t", "a tab"), ("|", "'|'")):
        if header.count(delimiter) > header.count(","):
            raise ParseError(
                "The columns are separated by the wrong sign",
                where=where,
                expected="','",
                got=name,
                todo="download the file again: a spreadsheet may have rewritten it",
            )


def _refuse_other_columns(header: list[str], columns: dict[str, str], where: str) -> None:
    twice = [name for name, count in Counter(header).items() if count > 1]
    missing = [name for name in columns if name not in header]
    unknown = [name for name in header if name not in columns]
    if not (twice or missing or unknown):
        return
    found = [f"'{name}' twice" for name in twice] + [_with_closest(name, missing) for name in unknown]
    raise ParseError(
        "The columns are not those of the published file",
        where=f"{where}, header",
        expected=f"the {len(columns)} published columns"
        + (f"; missing: {', '.join(repr(name) for name in missing)}" if missing else ""),
        got="; ".join(found) or f"{len(header)} columns",
        todo="check that this is the published file, undamaged; if upstream changed its columns, "
        "name the new ones in columns.py",
    )


def _with_closest(name: str, missing: list[str]) -> str:
    closest = difflib.get_close_matches(name, missing, n=1)
    return f"unknown column '{name}'" + (f" (closest missing name: '{closest[0]}')" if closest else "")
