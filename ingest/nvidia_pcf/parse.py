"""The summaries to a table of text. What a file is, is told by its first bytes; each form has a reader of its own."""

from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import ParseError
from ingest.curated_table import read_table

if TYPE_CHECKING:
    import polars as pl

COLUMNS = (
    "product",
    "product_mass_kg",
    "level",
    "name",
    "value",
    "unit",
    "share_pct",
    "as_printed",
    "how_read",
    "confidence",
    "published_on",
    "locator",
)


def parse(path: Path) -> dict[str, "pl.DataFrame"]:
    """Return {"summaries": one row a product and total, stage or component}; raise ParseError."""
    path = Path(path)
    with path.open("rb") as file:
        start = file.read(5)
    if start == b"%PDF-":
        raise ParseError(
            "NVIDIA's PDF is not read yet",
            where=path.name,
            expected="summaries.csv, the table of its numbers that lies in ingest/nvidia_pcf/",
            got="a PDF",
            todo="pull the source without --file, or give the table",
        )
    return {"summaries": read_table(path, COLUMNS)}
