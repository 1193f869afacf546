"""What a figure on networks must be. Every field says whether a violation rejects the row or voids the cell."""

import pandera.polars as pa
import polars as pl

from ingest.contract import reject_row, void_cell

NETWORK_TYPES = ("fixed", "mobile", "core", "all")
# the unit that the amount of a quantity has, whatever the spelling (kWh, MWh, gCO2e, ...)
CANONICAL_UNITS = {
    "electricity": "kWh",
    "embodied_electricity": "kWh",
    "embodied_gwp": "kgCO2e",
    "embodied_adpe": "kgSbe",
    "embodied_pe": "MJ",
    "operational_gwp": "kgCO2e",
    "life_cycle_gwp": "kgCO2e",
}
CANONICAL_OF = {
    "Wh": "kWh",
    "kWh": "kWh",
    "MWh": "kWh",
    "gCO2e": "kgCO2e",
    "kgCO2e": "kgCO2e",
    "mgSbe": "kgSbe",
    "kgSbe": "kgSbe",
    "MJ": "MJ",
}
REFERENCE_UNITS = ("MB", "GB", "PB", "line*month", "line*year")
VERIFICATIONS = ("read", "recalled")


class Intensities(pa.DataFrameModel):
    """One row a figure: an amount per volume of data or per line and time, of a kind of network."""

    intensity_id: str = reject_row(str_matches=r"^[a-z0-9_]+(:[a-z0-9_]+)+$")
    network_type: str = reject_row(isin=NETWORK_TYPES)
    quantity: str = reject_row(isin=list(CANONICAL_UNITS))
    # the largest figure is 165 MWh/PB, the smallest 1.65e-5 kWh/MB: what is far beyond is a slip of digits
    value: float = reject_row(gt=0, le=1e6)
    low: float = void_cell(nullable=True, gt=0)
    high: float = void_cell(nullable=True, gt=0, le=1e6)
    amount_unit: str = reject_row(isin=list(CANONICAL_OF))
    reference_unit: str = reject_row(isin=REFERENCE_UNITS)
    object_boundary: str = reject_row()
    geography_id: str = reject_row(nullable=True, vocabulary="geography_id")
    geography_as_stated: str = reject_row()
    reference_year: int = void_cell(nullable=True, ge=1990, le=2040)
    producer: str = reject_row()
    title: str = reject_row()
    published_on: str = void_cell(nullable=True, str_matches=r"^[0-9]{4}(-[0-9]{2}){0,2}$")
    url: str = reject_row(str_matches=r"^https?://\S+$")
    locator: str = reject_row()
    as_printed: str = void_cell(nullable=True)
    verification: str = reject_row(isin=VERIFICATIONS)
    note: str = void_cell(nullable=True)

    # Lineage, written by the lander.
    source_id: str = reject_row()
    release_id: str = reject_row()
    file_sha256: str = reject_row(str_matches=r"^[0-9a-f]{64}$")
    row_number: int = reject_row(ge=1, unique=True)

    class Config:
        """Decimal point, no other column."""

        strict = True

    @pa.check("intensity_id", name="intensity_once")
    def _intensity_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~pl.col("intensity_id").is_duplicated())

    @pa.check("amount_unit", name="unit_fits_quantity")
    def _unit_fits_quantity(self, data: pa.PolarsData) -> pl.LazyFrame:
        wanted = pl.col("quantity").replace_strict(CANONICAL_UNITS, default=None, return_dtype=pl.String)
        got = pl.col("amount_unit").replace_strict(CANONICAL_OF, default=None, return_dtype=pl.String)
        return data.lazyframe.select((wanted == got).fill_null(True))

    @pa.check("low", name="low_below_value")
    def _low_below_value(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select((pl.col("low") <= pl.col("value")).fill_null(True))

    @pa.check("high", name="high_above_value")
    def _high_above_value(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select((pl.col("high") >= pl.col("value")).fill_null(True))

    @pa.check("as_printed", name="printed_where_read", ignore_na=False)
    def _printed_where_read(self, data: pa.PolarsData) -> pl.LazyFrame:
        # a figure from memory has no printed form to quote
        return data.lazyframe.select(
            (pl.col("as_printed").is_not_null() == (pl.col("verification") == "read")).fill_null(True)
        )
