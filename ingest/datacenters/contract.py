"""What a PUE or WUE must be. Every field says whether a violation rejects the row or voids the cell."""

import pandera.polars as pa
import polars as pl

from ingest.as_printed import is_as_printed
from ingest.contract import reject_row, void_cell
from ingest.landed_row import LandedRow

KEY = ("provider", "site", "reference_year", "quantity")
# a PUE of 1 is the physical floor; the worst average of a survey is 2.5 (2007)
RANGES = {"pue": (1.0, 3.0), "wue_l_per_kwh": (0.0, 10.0)}
# what the litres are printed in; a PUE has no unit
UNITS = {"wue_l_per_kwh": "L"}
BASES = ("disclosed", "survey", "study", "assumption")
VERIFICATIONS = ("read", "recalled")


class Efficiencies(LandedRow):
    """One row a figure: the PUE or the WUE of a site, a fleet or a group in a year."""

    provider: str = reject_row()
    site: str = reject_row()
    geography_id: str = reject_row(nullable=True, vocabulary="geography_id")
    geography_as_stated: str = reject_row()
    reference_year: int = reject_row(ge=2000, le=2040)
    quantity: str = reject_row(isin=list(RANGES))
    value: float = reject_row()
    as_printed: str = void_cell(nullable=True)
    basis: str = reject_row(isin=BASES)
    object_boundary: str = reject_row()
    producer: str = reject_row()
    title: str = reject_row()
    published_on: str = void_cell(nullable=True, str_matches=r"^[0-9]{4}(-[0-9]{2}){0,2}$")
    url: str = reject_row(str_matches=r"^https?://\S+$")
    locator: str = reject_row()
    verification: str = reject_row(isin=VERIFICATIONS)
    note: str = void_cell(nullable=True)

    @pa.check("provider", name="figure_once")
    def _figure_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~pl.struct(KEY).is_duplicated())

    @pa.check("value", name="in_range_of_quantity")
    def _in_range_of_quantity(self, data: pa.PolarsData) -> pl.LazyFrame:
        value, quantity = pl.col("value"), pl.col("quantity")
        fits = [(quantity == name) & ~value.is_between(low, high) for name, (low, high) in RANGES.items()]
        return data.lazyframe.select(~pl.any_horizontal(fits).fill_null(False))

    @pa.check("value", name="value_is_as_printed")
    def _value_is_as_printed(self, data: pa.PolarsData) -> pl.LazyFrame:
        def agrees(row: dict) -> bool:
            return is_as_printed(row["value"], row["as_printed"], UNITS.get(row["quantity"]))

        row = pl.struct("value", "as_printed", "quantity")
        return data.lazyframe.select(row.map_elements(agrees, return_dtype=pl.Boolean))

    @pa.check("as_printed", name="printed_where_read", ignore_na=False)
    def _printed_where_read(self, data: pa.PolarsData) -> pl.LazyFrame:
        # a figure from memory has no printed form to quote
        return data.lazyframe.select(
            (pl.col("as_printed").is_not_null() == (pl.col("verification") == "read")).fill_null(True)
        )
