"""What a row of an inventory must be. Every field says whether a violation rejects the row or voids the cell."""

from collections.abc import Collection, Mapping

import pandera.polars as pa
import polars as pl

from ingest.cas import is_cas
from ingest.contract import check, reject_row, void_cell
from ingest.landed_row import LandedRow

COMPARTMENTS = ("air", "water", "soil")

# What every row of one inventory says alike: a sum over rows that differ in it would have no meaning.
SHARED = (
    "object_name",
    "component",
    "life_cycle_stage",
    "geography_as_stated",
    "reference_unit",
    "reference_year",
    "licence_id",
)


class Flows(LandedRow):
    """One row a flow: the mass that leaves for the environment per reference unit of the object."""

    # Without these the mass means nothing.
    inventory_id: str = reject_row(str_matches=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")
    object_name: str = reject_row()
    component: str = reject_row()
    life_cycle_stage: str = reject_row(vocabulary="life_cycle_stage")
    compartment: str = reject_row(isin=COMPARTMENTS)
    mass: float = reject_row(ge=0)
    mass_unit: str = reject_row(vocabulary="mass_unit")
    reference_unit: str = reject_row(vocabulary="reference_unit")
    # a wrong CAS number beside a name leaves open which of the two is meant
    cas: str = reject_row(nullable=True)
    flow_name: str = reject_row(nullable=True)
    licence_id: str = reject_row(nullable=True)

    # What describes the row: a bad cell is emptied, the rest of the row stands.
    geography_as_stated: str = void_cell(nullable=True)
    reference_year: int = void_cell(nullable=True, ge=1900, le=2100)
    source_as_stated: str = void_cell(nullable=True)
    locator: str = void_cell(nullable=True)

    @pa.check("cas", name="cas_check_digit")
    def _cas_check_digit(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(is_cas("cas"))

    @pa.check("flow_name", name="flow_is_named", ignore_na=False)
    def _flow_is_named(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col("flow_name").is_not_null() | pl.col("cas").is_not_null())

    @pa.check("mass", name="row_is_not_repeated")
    def _row_is_not_repeated(self, data: pa.PolarsData) -> pl.LazyFrame:
        # a flow may leave at two places of a plant, which the file then tells apart; the same row again tells nothing
        return data.lazyframe.select(pl.struct(pl.exclude("row_number")).is_first_distinct())

    @pa.check("inventory_id", name="inventory_describes_one_thing")
    def _inventory_describes_one_thing(self, data: pa.PolarsData) -> pl.LazyFrame:
        alike = (pl.struct(*SHARED).n_unique().over("inventory_id") == 1) | pl.col("inventory_id").is_null()
        return data.lazyframe.select(alike)


def check_flows(relation, vocabularies: Mapping[str, Collection[str]]) -> pl.DataFrame:
    """Return the checked flows and `mass_as_printed`, the mass as the file states it. Raises ContractError.

    `vocabularies` holds the words of life_cycle_stage, mass_unit (units of mass) and reference_unit.
    """
    raw = relation.pl() if hasattr(relation, "pl") else relation
    return check(raw, Flows, vocabularies).with_columns(raw["mass"].alias("mass_as_printed"))
