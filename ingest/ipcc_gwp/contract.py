"""What a global warming potential must be. Every field says whether a violation rejects the row or voids the cell."""

import pandera.polars as pa
import polars as pl

from ingest.cas import is_cas
from ingest.contract import check, reject_row, void_cell
from ingest.landed_row import LandedRow

REPORTS = ("AR4", "AR5", "AR6")
PARAMETERS = ("GWP20", "GWP100", "GWP500")

# How the collection writes an empty cell in the rows of AR4 and AR5; those of AR6 are blank.
NO_DATA = "(no data)"


class Potentials(LandedRow):
    """One row a report, substance and span of years: kilograms of carbon dioxide that warm as much as one kilogram."""

    # Without these it is not known what the number describes.
    assessment_report: str = reject_row(isin=REPORTS)
    substance_name: str = reject_row(nullable=True)
    formula: str = reject_row()
    gwp_parameter: str = reject_row(isin=PARAMETERS)

    # What describes the substance: a bad cell is emptied, the rest of the row stands.
    cas: str = void_cell(nullable=True)
    acronym: str = void_cell(nullable=True)

    # The highest of AR6 is 34,100 (sulfur hexafluoride over 500 years).
    gwp_value: float = void_cell(nullable=True, ge=0, le=100_000)

    @pa.check("cas", name="cas_check_digit")
    def _cas_check_digit(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(is_cas("cas"))

    @pa.check("formula", name="is_no_heading")
    def _is_no_heading(self, data: pa.PolarsData) -> pl.LazyFrame:
        # the names of groups ("Hydrofluorocarbons") came in as substances with the formula 0 and the value 0
        return data.lazyframe.select((pl.col("formula") != "0").fill_null(True))

    @pa.check("substance_name", name="substance_is_named", ignore_na=False)
    def _substance_is_named(self, data: pa.PolarsData) -> pl.LazyFrame:
        # HG-04 of AR6 has a CAS number and a short name and no name
        return data.lazyframe.select(pl.any_horizontal(pl.col("substance_name", "cas", "acronym").is_not_null()))

    @pa.check("formula", name="potential_once")
    def _potential_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        key = pl.struct("assessment_report", "substance_name", "formula", "gwp_parameter")
        return data.lazyframe.select(~key.is_duplicated())

    @pa.check("gwp_value", name="value_stated", ignore_na=False)
    def _value_stated(self, data: pa.PolarsData) -> pl.LazyFrame:
        # AR5 gives no potentials over 500 years
        may_lack = (pl.col("assessment_report") == "AR5") & (pl.col("gwp_parameter") == "GWP500")
        return data.lazyframe.select(pl.col("gwp_value").is_not_null() | may_lack.fill_null(False))


def check_potentials(relation) -> pl.DataFrame:
    """Return the checked potentials and `gwp_value_as_printed`, the text that upstream wrote. Raises ContractError."""
    raw = relation.pl() if hasattr(relation, "pl") else relation
    read = raw.with_columns(
        pl.when(pl.col(name) != NO_DATA).then(name).alias(name) for name in ("cas", "acronym", "gwp_value")
    )
    return check(read, Potentials).with_columns(raw["gwp_value"].alias("gwp_value_as_printed"))
