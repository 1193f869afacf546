"""What a specification must be. Every field says whether a violation rejects the row or voids the cell."""

import pandera.polars as pa
import polars as pl

from ingest.as_printed import is_as_printed
from ingest.contract import reject_row, void_cell
from ingest.landed_row import LandedRow

LABEL = "process_node"
# The bounds are those of one accelerator of 2025. Memory: 288 GB of NVIDIA B300 (list of cards of BoaviztAPI 2.5.0) is
# the most that was read of. Power: NVIDIA B300 draws 1,400 W (TechPowerUp). Dies: one exposure of a wafer scanner is
# 858 mm2 at most (26 mm x 33 mm), and accelerators join up to a dozen dies. Rate: 2,250 TFLOP/s (NVIDIA B200).
# A bound finds slips of digits; that a value is the printed one is a check of its own.
QUANTITIES = {
    "tdp_w": ("W", 30, 1500),
    "measured_power_min_w": ("W", 30, 1500),
    "measured_power_mean_w": ("W", 30, 1500),
    "measured_power_max_w": ("W", 30, 1500),
    "memory_gb": ("GB", 1, 288),
    "die_area_mm2": ("mm**2", 10, 10_000),
    "dense_fp16_tflops": ("TFLOP/s", 1, 10_000),
}

# How a value was derived from the printed number, by the words of its note.
DERIVED = {"half of the printed rate": 1 / 2, "a sixteenth of it": 1 / 16, "two compute dies": 2}
ROUNDED = "rounded"
# The last part of an object_id says how much memory the variant has, where variants differ ("..._80gb").
MEMORY_IN_NAME = r"_([0-9]+)gb$"


def _agrees(row: dict) -> bool:
    note = row["note"] or ""
    factors = [factor for words, factor in DERIVED.items() if words in note] or [1]
    unit = None if row["unit"] == "mm**2" else row["unit"]
    return is_as_printed(row["value"], row["as_printed"], unit, factor=factors[0], is_rounded=note == ROUNDED)


def _by_quantity(position: int) -> pl.Expr:
    of = {quantity: rule[position] for quantity, rule in QUANTITIES.items()}
    dtype = pl.String if position == 0 else pl.Float64
    return pl.col("quantity").replace_strict(of, default=None, return_dtype=dtype)


class Specs(LandedRow):
    """One row an accelerator and quantity."""

    object_id: str = reject_row(vocabulary="accelerator")
    card_name: str = reject_row()
    quantity: str = reject_row(isin=[*QUANTITIES, LABEL])
    value: float = reject_row(nullable=True)
    unit: str = reject_row(nullable=True)
    as_printed: str = reject_row()
    source_title: str = reject_row()
    confidence: str = reject_row(isin=["high", "medium"])

    source_url: str = void_cell(nullable=True, str_matches=r"^https://")
    source_year: int = void_cell(nullable=True, ge=2010, le=2030)
    note: str = void_cell(nullable=True)

    @pa.check("quantity", name="stated_once")
    def _stated_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~pl.struct("object_id", "quantity").is_duplicated())

    @pa.check("unit", name="unit_of_its_quantity", ignore_na=False)
    def _unit_of_its_quantity(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col("unit").eq_missing(_by_quantity(0)))

    @pa.check("value", name="a_number_unless_a_label", ignore_na=False)
    def _a_number_unless_a_label(self, data: pa.PolarsData) -> pl.LazyFrame:
        label = (pl.col("quantity") == LABEL).fill_null(False)
        return data.lazyframe.select(pl.col("value").is_null() == label)

    @pa.check("value", name="within_bounds")
    def _within_bounds(self, data: pa.PolarsData) -> pl.LazyFrame:
        inside = pl.col("value").is_between(_by_quantity(1), _by_quantity(2))
        return data.lazyframe.select(inside.fill_null(True))

    @pa.check("value", name="value_is_as_printed")
    def _value_is_as_printed(self, data: pa.PolarsData) -> pl.LazyFrame:
        row = pl.struct("value", "as_printed", "unit", "note")
        return data.lazyframe.select(row.map_elements(_agrees, return_dtype=pl.Boolean))

    @pa.check("value", name="memory_of_its_variant")
    def _memory_of_its_variant(self, data: pa.PolarsData) -> pl.LazyFrame:
        named = pl.col("object_id").str.extract(MEMORY_IN_NAME).cast(pl.Float64, strict=False)
        other = (pl.col("quantity") == "memory_gb") & (pl.col("value") != named)
        return data.lazyframe.select(~other.fill_null(False))

    @pa.check("value", name="measured_power_is_ordered")
    def _measured_power_is_ordered(self, data: pa.PolarsData) -> pl.LazyFrame:
        def power(kind: str) -> pl.Expr:
            return pl.col("value").filter(pl.col("quantity") == f"measured_power_{kind}_w").first().over("object_id")

        ordered = (power("min") <= power("mean")).fill_null(True) & (power("mean") <= power("max")).fill_null(True)
        measured = pl.col("quantity").str.starts_with("measured_power").fill_null(False)
        return data.lazyframe.select(ordered | ~measured)
