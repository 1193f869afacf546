"""The table of network intensities beside this file to text columns. Nothing is judged or converted here."""

from pathlib import Path
from typing import TYPE_CHECKING

from ingest.curated_table import read_table

if TYPE_CHECKING:
    import polars as pl

COLUMNS = (
    "intensity_id",
    "network_type",
    "quantity",
    "value",
    "low",
    "high",
    "amount_unit",
    "reference_unit",
    "object_boundary",
    "geography_id",
    "geography_as_stated",
    "reference_year",
    "producer",
    "title",
    "published_on",
    "url",
    "locator",
    "as_printed",
    "verification",
    "note",
)


def parse(path: Path) -> dict[str, "pl.DataFrame"]:
    """Return {"intensities": one row a figure: text columns and row_number}; raise ParseError."""
    return {"intensities": read_table(Path(path), COLUMNS)}
