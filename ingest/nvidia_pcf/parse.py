"""The summaries to a table of text. What a file is, is told by its first bytes; each form has a reader of its own."""

from pathlib import Path
from typing import TYPE_CHECKING

from ingest.curated_table import read_table
from ingest.nvidia_pcf.summary import rows_of
from ingest.pdf_text import is_pdf, read_pages

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
TODO = "give a summary as NVIDIA published it, or summaries.csv; the numbers of H100 and B200 come without a file"


def parse(path: Path) -> dict[str, "pl.DataFrame"]:
    """Return {"summaries": one row a product and total, stage or component}; raise ParseError.

    The file is the table of our own or a summary of one product as NVIDIA's PDF.
    """
    path = Path(path)
    if is_pdf(path) or path.suffix.lower() == ".pdf":
        return {"summaries": _read_pdf(path)}
    return {"summaries": read_table(path, COLUMNS)}


def adds_to_own_table(path: Path) -> bool:
    """Whether a file of the user's leaves the table of our own beside it: a PDF tells of one product alone."""
    return is_pdf(path)


def _read_pdf(path: Path) -> "pl.DataFrame":
    import polars as pl

    rows = rows_of(read_pages(path, TODO), path.name)
    frame = pl.DataFrame([[row[name] for name in COLUMNS] for row in rows], list(COLUMNS), orient="row").cast(pl.String)
    return frame.with_columns(row_number=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
