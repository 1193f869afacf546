"""What a country of the global mix must be. Every field says whether a violation rejects the row or voids the cell."""

import pandera.polars as pa
import polars as pl

from ingest.contract import check, reject_row, void_cell
from ingest.landed_row import LandedRow

PARTS = (
    "coal_twh",
    "gas_twh",
    "oil_twh",
    "nuclear_twh",
    "hydroelectricity_twh",
    "solar_twh",
    "wind_twh",
    "biofuel_twh",
    "other_renewable_exc_biofuel_twh",
)
FOSSIL = PARTS[:3]
RENEWABLE = PARTS[4:]

# Cells are printed to 0.01 TWh and the totals are sums of printed cells, so a mix adds up exactly but for the last
# digits of binary numbers; half a step of the next digit finds a mix of 0.01 TWh whose parts sum to 1.2 of it.
TOLERANCE_TWH = 0.0005

# 3.3.2 came out in October 2026: no statistics of a whole later year can be in it
YEARS = {"ge": 1990, "le": 2026}


class EnergyMixes(LandedRow):
    """One row a country: how much electricity it made of what in its newest year, and how carbon-intensive that was."""

    # Without these it is not known what the numbers describe.
    country_key: str = reject_row(str_matches=r"^[A-Z]{3}$")
    iso_code: str = reject_row(str_matches=r"^[A-Z]{3}$")
    country_name: str = reject_row()

    # Each number stands alone: a bad one is emptied, and what is computed of it is missing.
    year: int = void_cell(**YEARS)
    # 1306 g/kWh is the highest of release 3.3.2; burning lignite in an old plant is below 2000
    carbon_intensity: float = void_cell(ge=0, le=2000)
    per_capita_kwh: float = void_cell(ge=0)

    # Generation: what does not add up loses all its cells, as nothing tells which one is wrong.
    coal_twh: float = void_cell(ge=0)
    gas_twh: float = void_cell(ge=0)
    oil_twh: float = void_cell(ge=0)
    nuclear_twh: float = void_cell(ge=0)
    hydroelectricity_twh: float = void_cell(ge=0)
    solar_twh: float = void_cell(ge=0)
    wind_twh: float = void_cell(ge=0)
    biofuel_twh: float = void_cell(ge=0)
    other_renewable_exc_biofuel_twh: float = void_cell(ge=0)
    total_twh: float = void_cell(gt=0)

    # Sums of some of the parts, which nothing is computed from: a wrong one is emptied, and the parts stand.
    fossil_twh: float = void_cell(ge=0)
    renewables_twh: float = void_cell(ge=0)
    low_carbon_twh: float = void_cell(ge=0)
    other_renewable_twh: float = void_cell(ge=0)

    @pa.check("iso_code", name="country_once")
    def _country_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~pl.col("iso_code").is_duplicated().fill_null(False))

    @pa.check("country_key", name="is_iso_code")
    def _is_iso_code(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select((pl.col("country_key") == pl.col("iso_code")).fill_null(True))

    @pa.check(*PARTS, "total_twh", name="parts_add_up_to_total")
    def _parts_add_up_to_total(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _sums(data, PARTS, "total_twh")

    @pa.check("fossil_twh", name="is_coal_gas_and_oil")
    def _is_coal_gas_and_oil(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _sums(data, FOSSIL, "fossil_twh")

    @pa.check("renewables_twh", name="is_sum_of_renewable_parts")
    def _is_sum_of_renewable_parts(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _sums(data, RENEWABLE, "renewables_twh")

    @pa.check("low_carbon_twh", name="is_renewable_and_nuclear_parts")
    def _is_renewable_and_nuclear_parts(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _sums(data, (*RENEWABLE, "nuclear_twh"), "low_carbon_twh")

    @pa.check("other_renewable_twh", name="is_biofuel_and_other")
    def _is_biofuel_and_other(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _sums(data, ("biofuel_twh", "other_renewable_exc_biofuel_twh"), "other_renewable_twh")


def _sums(data: pa.PolarsData, parts: tuple[str, ...], whole: str) -> pl.LazyFrame:
    # a missing part is a finding of its own, and a sum over it is not known to be wrong
    residual = pl.sum_horizontal(*parts, ignore_nulls=False) - pl.col(whole)
    return data.lazyframe.select((residual.abs() <= TOLERANCE_TWH).fill_null(True))


def check_energy_mixes(relation) -> pl.DataFrame:
    """Return the checked countries, `carbon_intensity_as_printed` and `total_twh_as_printed`. Raises ContractError."""
    raw = relation.pl() if hasattr(relation, "pl") else relation
    printed = [raw[name].alias(f"{name}_as_printed") for name in ("carbon_intensity", "total_twh")]
    return check(raw, EnergyMixes).with_columns(printed)
