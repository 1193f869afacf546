"""What a residual mix must be. Every field says whether a violation rejects the row or voids the cell."""

import pandera.polars as pa
import polars as pl

from ingest.contract import check, reject_row, void_cell
from ingest.landed_row import LandedRow

# countries with full disclosure have no residual mix: AIB prints one of these instead of a number
NO_MIX = ("NA", "N/A", "n/a", "na")


class ResidualMixes(LandedRow):
    """One row a country and year: the direct CO2 of the electricity that no certificate was claimed for."""

    country_code: str = reject_row(str_matches=r"^[A-Z]{2}$")
    # the first European residual mixes are of 2012
    year: int = reject_row(ge=2012, le=2026)
    # a number in another unit is another number
    residual_co2_unit: str = reject_row(isin=["gCO2/kWh"])
    # an old lignite plant is below 2000
    residual_co2: float = void_cell(nullable=True, ge=0, le=2000)

    @pa.check("country_code", name="country_once")
    def _country_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~pl.struct("country_code", "year").is_duplicated())


def check_residual_mixes(relation) -> pl.DataFrame:
    """Return the checked mixes and the number `as_printed` (see `ingest.contract.check`). Raises ContractError.

    "NA" is what AIB prints where there is no residual mix: a missing number and no violation.
    """
    raw = relation.pl() if hasattr(relation, "pl") else relation
    stated = pl.when(~pl.col("residual_co2").str.strip_chars().is_in(NO_MIX)).then(pl.col("residual_co2"))
    return check(raw.with_columns(residual_co2=stated), ResidualMixes).with_columns(
        raw["residual_co2"].alias("residual_co2_as_printed")
    )
