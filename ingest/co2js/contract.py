"""What an average of CO2.js must be. Every field says whether a violation rejects the row or voids the cell."""

import pandera.polars as pa
import polars as pl

from ingest.contract import check, reject_row, void_cell
from ingest.landed_row import LandedRow

# the files are of a commit of 2026: no statistics of a whole later year can be in them
YEARS = {"ge": 2000, "le": 2026}
# burning lignite in an old plant is below 2000 g
INTENSITY = {"ge": 0, "le": 2000}


class EmberAverages(LandedRow):
    """One row a country or group of countries: how carbon-intensive its electricity was in its newest year."""

    # Without these it is not known what the number describes.
    place_key: str = reject_row(unique=True)
    place_name: str = reject_row()
    year: int = reject_row(**YEARS)
    # empty for a group of countries
    country_code: str = reject_row(nullable=True, str_matches=r"^[A-Z]{3}$")

    carbon_intensity: float = void_cell(**INTENSITY)

    @pa.check("place_key", name="key_is_code_or_name")
    def _key_is_code_or_name(self, data: pa.PolarsData) -> pl.LazyFrame:
        same = pl.col("place_key") == pl.coalesce("country_code", "place_name")
        return data.lazyframe.select(same.fill_null(True))


class ElectricityMapsAverages(LandedRow):
    """One row a zone and year: how carbon-intensive its electricity was, and how much of it was renewable."""

    zone_key: str = reject_row(str_matches=r"^[A-Z]{2}(-[A-Z0-9]+)*$")
    year: int = reject_row(**YEARS)
    place_name: str = reject_row()
    # a number in another unit is another number
    grid_carbon_intensity_unit: str = reject_row(isin=["gCO2eq/kWh"])

    grid_carbon_intensity: float = void_cell(**INTENSITY)
    renewable_share_pct: float = void_cell(ge=0, le=100)
    carbon_free_share_pct: float = void_cell(ge=0, le=100)
    renewable_share_pct_unit: str = reject_row(isin=["%"])
    carbon_free_share_pct_unit: str = reject_row(isin=["%"])
    display_name: str = void_cell(nullable=True)
    country_name: str = void_cell(nullable=True)

    # each of the two files counts its own
    row_number: int = reject_row(ge=1)

    @pa.check("zone_key", name="zone_once_a_year")
    def _zone_once_a_year(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~pl.struct("zone_key", "year").is_duplicated())


def check_ember_averages(relation) -> pl.DataFrame:
    """Return the checked places and each number `as_printed` (see `ingest.contract.check`). Raises ContractError."""
    return _with_printed(relation, EmberAverages, "carbon_intensity")


def check_electricity_maps_averages(relation) -> pl.DataFrame:
    """Return the checked zones and each number `as_printed` (see `ingest.contract.check`). Raises ContractError."""
    return _with_printed(relation, ElectricityMapsAverages, "grid_carbon_intensity")


def _with_printed(relation, model: type[pa.DataFrameModel], number: str) -> pl.DataFrame:
    raw = relation.pl() if hasattr(relation, "pl") else relation
    return check(raw, model).with_columns(raw[number].alias(f"{number}_as_printed"))
