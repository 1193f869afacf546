"""The published CSV to a table of text under our names. Nothing is judged, merged or converted here."""

from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import ParseError
from ingest.ademe_base_carbone.decode import decode
from ingest.ademe_base_carbone.header import our_names, refuse_wrong_delimiter
from ingest.csv_rows import rows_of

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
    header, *rows = rows_of(text, path.name, delimiter=";")
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
