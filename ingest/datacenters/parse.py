"""The table of PUE and WUE beside this file to text columns. Nothing is judged or converted here."""

from pathlib import Path
from typing import TYPE_CHECKING

from ingest.curated_table import read_table

if TYPE_CHECKING:
    import polars as pl

COLUMNS = (
    "provider",
    "site",
    "geography_id",
    "geography_as_stated",
    "reference_year",
    "quantity",
    "value",
    "as_printed",
    "basis",
    "object_boundary",
    "producer",
    "title",
    "published_on",
    "url",
    "locator",
    "verification",
    "note",
)


def parse(path: Path) -> dict[str, "pl.DataFrame"]:
    """Return {"efficiencies": one row a figure: text columns and row_number}; raise ParseError."""
    return {"efficiencies": read_table(Path(path), COLUMNS)}
