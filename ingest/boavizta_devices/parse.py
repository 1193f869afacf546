"""boavizta-data-us.csv to a table of text under our names. Nothing is judged, merged or converted here."""

from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import ParseError
from ingest.boavizta_devices.columns import COLUMNS
from ingest.plain_csv import decode, read_table, refuse_wrong_delimiter

if TYPE_CHECKING:
    import polars as pl

EXPECTED = "boavizta-data-us.csv: UTF-8, ',' between cells, decimal point"


def parse(path: Path) -> dict[str, "pl.DataFrame"]:
    """Return {"footprints": one row a footprint: 32 text columns and row_number}; raise ParseError.

    The French file is refused: it says the same with damaged text.
    """
    path = Path(path)
    text = decode(path.read_bytes(), path.name, EXPECTED)
    header = text.split("\n", 1)[0]
    _refuse_french_file(header, f"{path.name}, header")
    refuse_wrong_delimiter(header, f"{path.name}, header")
    return {"footprints": read_table(text, COLUMNS, path.name)}


def _refuse_french_file(header: str, where: str) -> None:
    names = [name.strip().strip('"') for name in header.split(";")]
    if len(set(names) & set(COLUMNS)) > len(COLUMNS) // 2:
        raise ParseError(
            "This is the French file, whose text is damaged: decimal commas were put into words and links too",
            where=where,
            expected=EXPECTED,
            got="';' between cells, and with it names such as '1,1GHz' for 1.1GHz and links that lead nowhere",
            todo="take boavizta-data-us.csv, which has the same rows",
        )
