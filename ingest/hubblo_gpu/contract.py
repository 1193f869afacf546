"""What a row of each file must be. Every field says whether a violation rejects the row or voids the cell."""

from collections.abc import Collection, Mapping

import pandera.polars as pa
import polars as pl

from ingest.contract import check, reject_row, void_cell
from ingest.hubblo_gpu.columns import IMPACT_CELLS, TRANSPORT_CELLS
from ingest.landed_row import LandedRow

# the largest number of the files is an energy of 2,400 MJ: what is far beyond is a slip of digits
LARGEST = 1e6
CELL_COLUMN = "^(manufacturing|transport|use|end_of_life)_"


def stage_of(component: pl.Expr) -> pl.Expr:
    """Return the life-cycle stage that a component has its numbers in."""
    return (
        pl.when(component == "end_of_life")
        .then(pl.lit("end_of_life"))
        .when(component.str.starts_with("transport_"))
        .then(pl.lit("transport"))
        .otherwise(pl.lit("manufacturing"))
    )


def _cells(name: str, columns: Collection[str]) -> type[pa.DataFrameModel]:
    fields = {column: void_cell(nullable=True, ge=-LARGEST, le=LARGEST) for column in columns}
    return type(name, (LandedRow,), {"__annotations__": dict.fromkeys(columns, float), **fields})


class ImpactFactors(_cells("ImpactCells", IMPACT_CELLS.values())):
    """One row a card and component, a column a stage and category. A negative number is a credit and no violation.

    The decimal mark is a point: '-2,97E-04' is no number of this file.
    """

    graphics_card: str = reject_row()
    component: str = reject_row(vocabulary="component")

    @pa.check("component", name="component_once")
    def _component_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~pl.struct("graphics_card", "component").is_duplicated())

    @pa.check(CELL_COLUMN, regex=True, name="stage_of_component")
    def _stage_of_component(self, data: pa.PolarsData) -> pl.LazyFrame:
        own = pl.lit(data.key).str.starts_with(stage_of(pl.col("component")))
        return data.lazyframe.select((own | (pl.col(data.key) == 0)).fill_null(True))


class TransportFactors(_cells("TransportCells", TRANSPORT_CELLS.values())):
    """One row a means of transport, a column a category, per kilogram carried one kilometre."""

    transport_mode: str = reject_row(unique=True)


class Cards(LandedRow):
    """One row a card: what the parametric model takes of it."""

    graphics_card: str = reject_row(unique=True)
    total_weight_g: float = void_cell(gt=0, le=LARGEST)
    # a card without a casing or a heatsink of its own weighs 0 there
    casing_weight_g: float = void_cell(ge=0, le=LARGEST)
    heatsink_weight_g: float = void_cell(ge=0, le=LARGEST)
    card_surface_cm2: float = void_cell(gt=0, le=LARGEST)
    video_ram_capacity_gb: float = void_cell(gt=0, le=LARGEST)
    video_ram_dies: int = void_cell(gt=0, le=1000)
    video_ram_die_surface_mm2: float = void_cell(nullable=True, gt=0, le=LARGEST)
    gpu_surface_mm2: float = void_cell(gt=0, le=LARGEST)
    impact_factors_source: str = void_cell(nullable=True)

    @pa.check("casing_weight_g", name="parts_weigh_no_more_than_the_card")
    def _parts_fit(self, data: pa.PolarsData) -> pl.LazyFrame:
        parts = pl.col("casing_weight_g") + pl.col("heatsink_weight_g")
        return data.lazyframe.select((parts <= pl.col("total_weight_g")).fill_null(True))


def check_impact_factors(relation, vocabularies: Mapping[str, Collection[str]]) -> pl.DataFrame:
    """Return the checked rows (see `ingest.contract.check`) and `cells`: each cell's value and printed text.

    Raises ContractError.
    """
    return _with_cells(relation, ImpactFactors, IMPACT_CELLS.values(), vocabularies)


def check_transport_factors(relation) -> pl.DataFrame:
    """Return the checked rows (see `ingest.contract.check`) and `cells`, as in `check_impact_factors`."""
    return _with_cells(relation, TransportFactors, TRANSPORT_CELLS.values(), {})


def check_cards(relation) -> pl.DataFrame:
    """Return the checked rows (see `ingest.contract.check`). Raises ContractError."""
    return check(relation, Cards)


def _with_cells(relation, model, columns: Collection[str], vocabularies) -> pl.DataFrame:
    raw = relation.pl() if hasattr(relation, "pl") else relation
    checked = check(raw, model, vocabularies)
    printed = raw.select(pl.col(column).alias(f"{column} as printed") for column in columns)
    cells = [
        pl.struct(column_name=pl.lit(column), value=pl.col(column), as_printed=pl.col(f"{column} as printed"))
        for column in columns
    ]
    listed = pl.concat([checked, printed], how="horizontal").select(cells=pl.concat_list(cells))
    return pl.concat([checked, listed], how="horizontal")
