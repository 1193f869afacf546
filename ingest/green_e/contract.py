"""What a residual mix must be. Every field says whether a violation rejects the row or voids the cell."""

import pandera.polars as pa
import polars as pl

from ingest.contract import check, reject_row, void_cell
from ingest.landed_row import LandedRow

# what one of the unit is in kg/kWh: the international pound is exactly 0.45359237 kg
KG_PER_KWH = {"lb/MWh": 0.00045359237, "kg/kWh": 1.0, "kg/MWh": 0.001, "g/kWh": 0.001, "lb/kWh": 0.45359237}
# burning lignite in an old plant is below 2 kg
MOST_KG_PER_KWH = 2


class ResidualMixes(LandedRow):
    """One row an eGRID subregion and year: the emissions of electricity that nobody claimed."""

    subregion: str = reject_row(str_matches=r"^[A-Z]{4}$")
    subregion_name: str = void_cell(nullable=True)
    year: int = reject_row(ge=2007, le=2026)
    rate_unit: str = reject_row(isin=list(KG_PER_KWH))
    rate_gas: str = reject_row(isin=["CO2", "CO2e"])
    rate: float = void_cell(ge=0)

    @pa.check("subregion", name="subregion_once_a_year")
    def _subregion_once_a_year(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~pl.struct("subregion", "year").is_duplicated())

    @pa.check("rate", name="plausible_in_its_unit")
    def _plausible_in_its_unit(self, data: pa.PolarsData) -> pl.LazyFrame:
        kg = pl.col("rate") * pl.col("rate_unit").replace_strict(KG_PER_KWH, default=None, return_dtype=pl.Float64)
        return data.lazyframe.select((kg <= MOST_KG_PER_KWH).fill_null(True))


def check_residual_mixes(relation) -> pl.DataFrame:
    """Return the checked mixes and the number `as_printed` (see `ingest.contract.check`). Raises ContractError."""
    raw = relation.pl() if hasattr(relation, "pl") else relation
    return check(raw, ResidualMixes).with_columns(raw["rate"].alias("rate_as_printed"))
