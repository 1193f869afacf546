"""The curated table of specifications to text under the same names."""

from pathlib import Path
from typing import TYPE_CHECKING

from ingest.curated_table import read_table

if TYPE_CHECKING:
    import polars as pl

COLUMNS = (
    "object_id",
    "card_name",
    "quantity",
    "value",
    "unit",
    "as_printed",
    "source_title",
    "source_url",
    "source_year",
    "confidence",
    "note",
)


def parse(path: Path) -> dict[str, "pl.DataFrame"]:
    """Return {"specs": one row an accelerator and quantity}; raise ParseError."""
    return {"specs": read_table(Path(path), COLUMNS)}
