"""The published CSV to a table of text under our names. Nothing is judged, merged or converted here."""

from pathlib import Path
from typing import TYPE_CHECKING

from ingest.plain_csv import decode, read_table, refuse_wrong_delimiter

if TYPE_CHECKING:
    import polars as pl

COLUMNS = {
    "AR": "assessment_report",
    "Name": "substance_name",
    "CAS": "cas",
    "Acronym": "acronym",
    "Formula": "formula",
    "Parameter": "gwp_parameter",
    "Value": "gwp_value",
}


def parse(path: Path) -> dict[str, "pl.DataFrame"]:
    """Return {"potentials": one row a data row of the file, 7 text columns and row_number}; raise ParseError.

    "(no data)" stays as it is written: the contract reads it as an empty cell.
    """
    path = Path(path)
    text = decode(path.read_bytes(), path.name, "the published CSV: UTF-8, ',' between the cells")
    refuse_wrong_delimiter(text.partition("\n")[0], f"{path.name}, header")
    return {"potentials": read_table(text, COLUMNS, path.name)}
