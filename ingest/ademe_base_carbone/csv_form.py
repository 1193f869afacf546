"""The published CSV: ';' between the cells, decimal comma, cp1252 or UTF-8."""

from ingest.ademe_base_carbone.decode import decode
from ingest.ademe_base_carbone.header import our_names, refuse_wrong_delimiter
from ingest.csv_rows import rows_of


def csv_columns(content: bytes, where: str) -> dict[str, list[str | None]]:
    """Return our name of each column with its cells; raise ParseError.

    An empty cell is null whether it was quoted or not: releases differ in what they quote.
    """
    text = decode(content, where)
    refuse_wrong_delimiter(text, f"{where}, header")
    header, *rows = rows_of(text, where, delimiter=";")
    names = our_names(header, f"{where}, header")
    cells = [[cell if cell else None for cell in column] for column in zip(*rows, strict=True)]
    return dict(zip(names, cells or [[] for _ in names], strict=True))
