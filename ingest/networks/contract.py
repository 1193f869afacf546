"""What a figure on networks must be. Every field says whether a violation rejects the row or voids the cell."""

import pandera.polars as pa
import polars as pl

from ingest.as_printed import is_as_printed
from ingest.contract import reject_row, void_cell
from ingest.landed_row import LandedRow

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
# one of the unit in canonical units
PER_AMOUNT_UNIT = {"Wh": 1e-3, "kWh": 1, "MWh": 1e3, "gCO2e": 1e-3, "kgCO2e": 1, "mgSbe": 1e-6, "kgSbe": 1, "MJ": 1}
PER_REFERENCE_UNIT = {"MB": 1e-3, "GB": 1, "PB": 1e6, "line*month": 1 / 12, "line*year": 1}
REFERENCE_UNITS = tuple(PER_REFERENCE_UNIT)
# What is plausible per GB and per line and year, in canonical units. The table has 0.001 (a backbone) to 2.8 kWh/GB
# (3G), 0.0014 to 0.049 kgCO2e/GB, 19 to 57 kWh and 14 to 49 kgCO2e per line and year: the ends leave room on both sides
# and not for a slip of a thousand. No figure on elements or primary energy was read: their ends are wider.
_GWP_PER_GB, _GWP_PER_LINE = (1e-6, 1), (0.1, 1000)
PLAUSIBLE_PER_GB = {
    "electricity": (1e-5, 10),
    "embodied_electricity": (1e-5, 10),
    "embodied_gwp": _GWP_PER_GB,
    "embodied_adpe": (1e-13, 1e-5),
    "embodied_pe": (1e-5, 20),
    "operational_gwp": _GWP_PER_GB,
    "life_cycle_gwp": _GWP_PER_GB,
}
PLAUSIBLE_PER_LINE = {
    "electricity": (1, 1000),
    "embodied_electricity": (1, 1000),
    "embodied_gwp": _GWP_PER_LINE,
    "embodied_adpe": (1e-8, 0.1),
    "embodied_pe": (1, 20_000),
    "operational_gwp": _GWP_PER_LINE,
    "life_cycle_gwp": _GWP_PER_LINE,
}
VERIFICATIONS = ("read", "recalled")


def _by(column: str, values: dict[str, float]) -> pl.Expr:
    floats = {word: float(value) for word, value in values.items()}
    return pl.col(column).replace_strict(floats, default=None, return_dtype=pl.Float64)


def _end(position: int) -> pl.Expr:
    per_gb, per_line = (
        _by("quantity", {quantity: ends[position] for quantity, ends in of.items()})
        for of in (PLAUSIBLE_PER_GB, PLAUSIBLE_PER_LINE)
    )
    return pl.when(pl.col("reference_unit").str.starts_with("line")).then(per_line).otherwise(per_gb)


def _is_plausible(column: str) -> pl.Expr:
    amount, reference = _by("amount_unit", PER_AMOUNT_UNIT), _by("reference_unit", PER_REFERENCE_UNIT)
    canonical = pl.col(column) * amount / reference
    # the ends themselves are inside, whatever the last digit of a conversion
    return canonical.is_between(_end(0) * (1 - 1e-9), _end(1) * (1 + 1e-9)).fill_null(True)


class Intensities(LandedRow):
    """One row a figure: an amount per volume of data or per line and time, of a kind of network."""

    intensity_id: str = reject_row(str_matches=r"^[a-z0-9_]+(:[a-z0-9_]+)+$")
    network_type: str = reject_row(isin=NETWORK_TYPES)
    quantity: str = reject_row(isin=list(CANONICAL_UNITS))
    value: float = reject_row(gt=0)
    low: float = void_cell(nullable=True, gt=0)
    high: float = void_cell(nullable=True, gt=0)
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

    @pa.check("intensity_id", name="intensity_once")
    def _intensity_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~pl.col("intensity_id").is_duplicated())

    @pa.check("amount_unit", name="unit_fits_quantity")
    def _unit_fits_quantity(self, data: pa.PolarsData) -> pl.LazyFrame:
        wanted = pl.col("quantity").replace_strict(CANONICAL_UNITS, default=None, return_dtype=pl.String)
        got = pl.col("amount_unit").replace_strict(CANONICAL_OF, default=None, return_dtype=pl.String)
        return data.lazyframe.select((wanted == got).fill_null(True))

    @pa.check("value", name="plausible_for_quantity")
    def _value_is_plausible(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(_is_plausible("value"))

    @pa.check("low", name="plausible_for_quantity")
    def _low_is_plausible(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(_is_plausible("low"))

    @pa.check("high", name="plausible_for_quantity")
    def _high_is_plausible(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(_is_plausible("high"))

    @pa.check("value", name="value_is_as_printed")
    def _value_is_as_printed(self, data: pa.PolarsData) -> pl.LazyFrame:
        def agrees(row: dict) -> bool:
            return is_as_printed(row["value"], row["as_printed"], row["amount_unit"], row["reference_unit"])

        row = pl.struct("value", "as_printed", "amount_unit", "reference_unit")
        return data.lazyframe.select(row.map_elements(agrees, return_dtype=pl.Boolean))

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
