"""What an entry must be. Every field says whether a violation rejects the row or voids the cell."""

import pandera.polars as pa
import polars as pl

from ingest.contract import reject_row, void_cell
from ingest.landed_row import LandedRow


class _Entries(LandedRow):
    """One row an item and life-cycle entry."""

    slug: str = reject_row(str_matches=r"^[a-z0-9]+$")
    name: str = reject_row()
    entry_id: str = reject_row(vocabulary="entry_id")
    # the largest is a television, 372.6 kgCO2e: a number far beyond is grams or a slip
    value: float = reject_row(ge=0, le=10_000)
    category: str = reject_row(isin=["1", "10"])

    subtitle: str = void_cell(nullable=True)
    prefix: str = void_cell(nullable=True)
    item_unit: str = void_cell(nullable=True)
    source_url: str = void_cell(nullable=True, str_matches=r"^https?://")

    @pa.check("entry_id", name="entry_once")
    def _entry_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~pl.struct("slug", "entry_id").is_duplicated())


class Devices(_Entries):
    """One row a device and life-cycle entry."""

    @pa.check("value", name="a_life_of_some_years")
    def _a_life_of_some_years(self, data: pa.PolarsData) -> pl.LazyFrame:
        years = (pl.col("entry_id") == "usage.defaultyears").fill_null(False)
        return data.lazyframe.select(pl.col("value").is_between(0.5, 30) | ~years)


class Services(_Entries):
    """One row a digital service and life-cycle entry, per unit of the service."""
