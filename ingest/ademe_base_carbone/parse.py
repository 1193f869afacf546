"""The published table (CSV, workbook, pages of the API) to text under our names. Nothing is judged or merged here."""

from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import ParseError
from ingest.ademe_base_carbone.api_form import api_columns
from ingest.ademe_base_carbone.csv_form import csv_columns
from ingest.ademe_base_carbone.workbook_form import workbook_columns
from ingest.data_fair import looks_like_pages
from ingest.workbook import is_workbook

if TYPE_CHECKING:
    import polars as pl


def parse(path: Path) -> dict[str, "pl.DataFrame"]:
    """Return {"lines": one row a line: 67 text columns and row_number}; raise ParseError.

    The form is known by the content. An empty cell is null in each. Numbers of the workbook and the API, which hold
    numbers and no text, are written as the CSV prints them: shortest, with a decimal comma.
    """
    import polars as pl

    path = Path(path)
    if is_workbook(path):
        columns = workbook_columns(path)
    elif looks_like_pages(content := path.read_bytes()):
        columns = api_columns(content, path.name)
    else:
        columns = csv_columns(content, path.name)
    lines = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    if lines.is_empty():
        raise ParseError(
            "The file has no rows",
            where=path.name,
            expected="a header and at least one row",
            got="0 rows",
            todo="download the file again",
        )
    return {"lines": lines.with_columns(row_number=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))}
