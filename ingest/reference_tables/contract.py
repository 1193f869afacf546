"""What a cell of a reference table must be. Every field says whether a violation rejects the row or voids the cell."""

import pandera.polars as pa
import polars as pl

from ingest.contract import check, reject_row, violations_type, void_cell
from ingest.landed_row import LandedRow

# One row for one of these: a second one is a repetition, or contradicts the first. What the words mean counts and not
# how they are written: "Production" in "FRA" is the cell of "Manufacturing" in "France".
CELL = ("source_id", "item", "stage", "criterion", "place", "reference_unit", "level", "tier")
ROUNDING = 1e-12  # 300 g are 0.3 kg


def _as_stated():
    return void_cell(nullable=True)


class Cells(LandedRow):
    """One row a cell of a table: item, stage, criterion and place. The decimal mark is that of the mapping."""

    item: str = reject_row()
    stage: str = reject_row()
    criterion: str = reject_row()
    value: float = reject_row(nullable=True, voids=["zero_is_not_modelled"])
    amount_unit_as_stated: str = reject_row(nullable=True)
    reference_unit_as_stated: str = reject_row(nullable=True)
    geography_as_stated: str = _as_stated()
    item_description: str = _as_stated()
    item_category: str = _as_stated()
    level: str = _as_stated()
    tier: str = _as_stated()
    source_text: str = _as_stated()
    yearly_electricity_as_stated: str = _as_stated()
    file_column: str = _as_stated()

    life_cycle_stage: str = _as_stated()
    stages_covered: str = _as_stated()
    indicator_id: str = _as_stated()
    amount_unit: str = _as_stated()
    reference_unit: str = _as_stated()
    geography_id: str = _as_stated()
    object_id: str = _as_stated()
    electricity_scope: str = _as_stated()
    reference_year: int = _as_stated()
    object_boundary: str = _as_stated()
    licence_id: str = _as_stated()
    is_proxy: bool = reject_row()
    includes_use_electricity: bool = reject_row()
    zero_is_not_modelled: bool = reject_row()
    rule_reason: str = _as_stated()
    rules_applied: str = _as_stated()
    refused_by_rule: str = reject_row(nullable=True)
    row_fault: str = reject_row(nullable=True)
    decimal_mark: str = reject_row(isin=[".", ","])

    row_number: int = reject_row(ge=1)

    @pa.check("row_fault", name="has_a_cell_for_each_column")
    def _whole(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col("row_fault").is_null())

    @pa.check("refused_by_rule", name="is_no_fake_data")
    def _real(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col("refused_by_rule").is_null())

    @pa.check("stage", name="is_in_the_mapping")
    def _stage_known(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col("life_cycle_stage").is_not_null())

    @pa.check("criterion", name="is_in_the_mapping")
    def _criterion_known(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col("indicator_id").is_not_null())

    @pa.check("criterion", name="has_a_unit")
    def _has_amount_unit(self, data: pa.PolarsData) -> pl.LazyFrame:
        has = pl.any_horizontal(pl.col("amount_unit", "amount_unit_as_stated", "value").is_not_null())
        unit = pl.any_horizontal(pl.col("amount_unit", "amount_unit_as_stated").is_not_null())
        return data.lazyframe.select(unit | ~has | pl.col("indicator_id").is_null())

    @pa.check("amount_unit_as_stated", name="is_in_the_mapping")
    def _amount_unit_known(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col("amount_unit_as_stated").is_null() | pl.col("amount_unit").is_not_null())

    @pa.check("amount_unit_as_stated", name="is_a_unit_of_the_indicator")
    def _amount_unit_fits(self, data: pa.PolarsData) -> pl.LazyFrame:
        fits = pl.struct("amount_unit", "indicator_id").is_in(_unit_pairs())
        return data.lazyframe.select(fits | pl.any_horizontal(pl.col("amount_unit", "indicator_id").is_null()))

    @pa.check("reference_unit_as_stated", name="is_in_the_mapping")
    def _reference_unit_known(self, data: pa.PolarsData) -> pl.LazyFrame:
        stated = pl.col("reference_unit_as_stated").is_not_null()
        return data.lazyframe.select(~stated | pl.col("reference_unit").is_not_null())

    @pa.check("item", name="has_a_reference_unit")
    def _has_reference_unit(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(
            pl.any_horizontal(pl.col("reference_unit", "reference_unit_as_stated").is_not_null())
        )

    @pa.check("value", name="is_stated")
    def _stated(self, data: pa.PolarsData) -> pl.LazyFrame:
        # an empty cell of a wide table states nothing; a row of a long one is there to state a value
        return data.lazyframe.select(pl.any_horizontal(pl.col("value", "file_column").is_not_null()))

    @pa.check("value", name="zero_is_not_modelled")
    def _zero(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~(pl.col("zero_is_not_modelled") & (pl.col("value") == 0)))

    @pa.check("value", name="cell_has_one_value")
    def _one_value(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _in_cells(data).select(~pl.col("competes") | pl.col("is_one_value"))

    @pa.check("value", name="cell_is_not_repeated")
    def _once(self, data: pa.PolarsData) -> pl.LazyFrame:
        first = pl.when("competes").then(pl.col("row_number")).min().over(CELL)
        is_first = (pl.col("row_number") == first) & (
            pl.col("order") == pl.col("order").min().over(*CELL, "row_number")
        )
        return _in_cells(data).select(~pl.col("competes") | ~pl.col("is_one_value") | is_first)


class Tables(LandedRow):
    """One row a table that the user holds, as declared when it was pulled."""

    title: str = reject_row()
    mapping_name: str = reject_row()
    mapping_sha256: str = reject_row()
    licence_id: str = reject_row()
    licence_name: str = reject_row()
    licence_url: str = void_cell(nullable=True)
    redistributable: str = reject_row(isin=["yes", "share-alike", "no"])
    licence_pack: str = void_cell(nullable=True, isin=["open", "odbl", "by-sa"])
    file_name: str = reject_row()
    bytes: int = reject_row(ge=1)
    rows_landed: int = reject_row(ge=1)
    fingerprint: str = reject_row()
    source_id: str = reject_row(unique=True)
    release_id: str = reject_row()
    file_sha256: str = reject_row()
    row_number: int = reject_row()


def check_cells(relation) -> pl.DataFrame:
    """Return the checked rows (see `ingest.contract.check`) and `value_as_printed`. Raises ContractError.

    In a wide table a violation names the column of the value in the file; its check names the field where that is
    another one (`stage.is_in_the_mapping`), as one bad word breaks all cells of its row.
    """
    raw = relation.pl() if hasattr(relation, "pl") else relation
    parts = []
    for mark in (".", ","):
        part = raw.filter((pl.col("decimal_mark") == ",").fill_null(False) == (mark == ","))
        if mark == "." or not part.is_empty():
            checked = check(part, Cells, decimal_mark=mark)
            parts.append(checked.with_columns(part["value"].alias("value_as_printed")))
    return _with_columns_of_the_file(pl.concat(parts))


def _in_cells(data: pa.PolarsData) -> pl.LazyFrame:
    """The rows under the meanings of their words, with `competes`, `is_one_value` and the `order` they stand in."""
    from ingest.reference_tables.mapping import vocabulary

    places = vocabulary("geographies")
    ids = {
        row[key].casefold(): place for place, row in places.items() for key in ("geography_id", "name_en", "name_fr")
    }
    units = vocabulary("units")
    factors = {unit: float(row["to_canonical_factor"]) for unit, row in units.items()}
    canonical = {unit: row["canonical_unit"] for unit, row in units.items()}
    amount, reference = (
        pl.col(name).replace_strict(factors, default=1.0, return_dtype=pl.Float64)
        for name in ("amount_unit", "reference_unit")
    )
    frame = data.lazyframe.with_columns(
        item=_written_alike("item"),
        stage=pl.coalesce("life_cycle_stage", "stage"),
        criterion=pl.coalesce("indicator_id", "criterion"),
        place=pl.coalesce("geography_id", _written_alike("geography_as_stated").replace(ids)),
        competes=pl.all_horizontal(pl.col("refused_by_rule", "row_fault").is_null()) & pl.col("value").is_not_null(),
        compared=pl.col("value") * amount / reference,
        reference_unit=pl.col("reference_unit").replace(canonical),
        order=pl.int_range(pl.len()),
    )
    compared = pl.when("competes").then(pl.col("compared"))
    lowest, highest = compared.min().over(CELL), compared.max().over(CELL)
    spread = pl.max_horizontal(lowest.abs(), highest.abs()) * ROUNDING
    return frame.with_columns(is_one_value=(highest - lowest) <= spread)


def _written_alike(name: str) -> pl.Expr:
    return pl.col(name).str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()


def _unit_pairs() -> list[dict[str, str]]:
    from ingest.reference_tables.mapping import vocabulary

    units = vocabulary("units").values()
    canonical = {unit["unit"]: unit["canonical_unit"] for unit in units}
    return [
        {"amount_unit": unit, "indicator_id": indicator_id}
        for indicator_id, indicator in vocabulary("indicators").items()
        for unit in canonical
        if canonical[unit] == canonical.get(indicator["unit"])
    ]


def _with_columns_of_the_file(checked: pl.DataFrame) -> pl.DataFrame:
    numbered = checked.with_row_index("cell")
    wide = numbered.filter(pl.col("file_column").is_not_null() & (pl.col("violations").list.len() > 0))
    if wide.is_empty():
        return checked
    found = wide.select("cell", "file_column", "violations").explode("violations").unnest("violations")
    of_value = pl.col("column_name") == "value"
    check_name = (
        pl.when(of_value).then("check_name").otherwise(pl.concat_str("column_name", "check_name", separator="."))
    )
    listed = (
        found.with_columns(column_name="file_column", check_name=check_name)
        .group_by("cell", maintain_order=True)
        .agg(renamed=pl.struct("column_name", "check_name", "value", "severity"))
        .with_columns(pl.col("renamed").cast(violations_type()))
    )
    joined = numbered.join(listed, on="cell", how="left", maintain_order="left")
    return joined.with_columns(violations=pl.coalesce("renamed", "violations")).drop("cell", "renamed")
