"""The three published files to tables of text under our names. Nothing is judged, merged or converted here."""

from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import ParseError
from ingest.hubblo_gpu.cards import read_cards
from ingest.hubblo_gpu.columns import IMPACT_FACTORS, TRANSPORT_FACTORS
from ingest.plain_csv import decode, read_table, refuse_wrong_delimiter

if TYPE_CHECKING:
    import polars as pl

EXPECTED = "a UTF-8 file: gpus_impact_factors.csv, transport_impacts.csv or gpus.json"


def parse(path: Path) -> dict[str, "pl.DataFrame"]:
    """Return the one entity that the file holds, told by its first sign or column; raise ParseError.

    {"impact_factors": 90 text columns}, {"transport_factors": 23} or {"cards": 10}, each with row_number.
    """
    path = Path(path)
    text = decode(path.read_bytes(), path.name, EXPECTED)
    if text.lstrip()[:1] in ("[", "{"):
        return {"cards": read_cards(text, path.name)}
    header = text.split("\n", 1)[0]
    refuse_wrong_delimiter(header, f"{path.name}, header")
    names = {name.strip().strip('"') for name in header.split(",")}
    if "transport_mode" in names:
        return {"transport_factors": read_table(text, TRANSPORT_FACTORS, path.name)}
    if "graphics_card" in names or "component" in names:
        return {"impact_factors": read_table(text, IMPACT_FACTORS, path.name)}
    raise ParseError(
        "This is none of the three files of the source",
        where=f"{path.name}, header",
        expected="gpus_impact_factors.csv (column 'graphics_card'), transport_impacts.csv (column 'transport_mode') "
        "or gpus.json (a list)",
        got=repr(header[:60]),
        todo="download the files named in source.yml",
    )
