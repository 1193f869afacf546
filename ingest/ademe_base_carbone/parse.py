"""The published CSV to a table of text under our names. Nothing is judged, merged or converted here."""

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import ParseError
from ingest.ademe_base_carbone.decode import decode
from ingest.ademe_base_carbone.header import our_names, refuse_wrong_delimiter

if TYPE_CHECKING:
    import polars as pl


def parse(path: Path) -> dict[str, "pl.DataFrame"]:
    """Return {"lines": one row a line of the file: 67 text columns and row_number}; raise ParseError.

    An empty cell is null whether it was quoted or not: releases differ in what they quote.
    """
    import polars as pl

    path = Path(path)
    text = decode(path.read_bytes(), path.name)
    refuse_wrong_delimiter(text, f"{path.name}, header")
    header, *rows = _rows(text, path.name)
    names = our_names(header, f"{path.name}, header")
    if not rows:
        raise ParseError(
            "The file has a header and no rows",
            where=path.name,
            expected="at least one row",
            got="0 rows",
            todo="download the file again",
        )
    cells = [[cell if cell else None for cell in column] for column in zip(*rows, strict=True)]
    lines = pl.DataFrame(dict(zip(names, cells, strict=True)), schema=dict.fromkeys(names, pl.String))
    return {"lines": lines.with_columns(row_number=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))}


def _rows(text: str, file_name: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    rows, line = [], 1
    try:
        for row in reader:
            if rows and len(row) != len(rows[0]):
                raise ParseError(
                    "A row does not have as many cells as the header",
                    where=f"{file_name}, row {len(rows)} (line {line})",
                    expected=f"{len(rows[0])} cells",
                    got=f"{len(row)} cells" + (f", the first is '{row[0][:40]}'" if row else ""),
                    todo="download the file again: it is truncated or was edited",
                )
            rows.append(row)
            line = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            raise ParseError(
                "A cell is longer than any cell of this source",
                where=f"{file_name}, row {len(rows)} (starts on line {line})",
                expected=f"at most {csv.field_size_limit():,} characters",
                got="more",
                todo="look at that row: a quote may be missing, or this is another file",
            ) from None
        raise ParseError(
            "A quoted cell does not end as it should",
            where=f"{file_name}, row {len(rows)} (starts on line {line})",
            expected="each quoted cell closed by a quote and followed by ';' or the end of the line",
            got=str(error),
            todo="download the file again: it is truncated or was edited",
        ) from None
    return rows
