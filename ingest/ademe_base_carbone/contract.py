"""What a line of the Base Carbone must be. Every field says whether a violation rejects the row or voids the cell."""

from collections.abc import Collection, Mapping

import pandera.polars as pa
import polars as pl

from ingest.contract import REJECT, check, reject_row, violations_type, void_cell
from ingest.landed_row import LandedRow

ELEMENT, POSTE = "Elément", "Poste"
SOURCE_DATA = "Données source"


class Lines(LandedRow):
    """One row a line of the file: an Elément (a total) or a Poste (a part of the Elément with the same id)."""

    # What the line is and what it says: without these the number means nothing.
    row_type: str = reject_row(vocabulary="row_type")
    element_id: str = reject_row(str_matches=r"^[0-9]+$")
    structure: str = reject_row(vocabulary="structure")
    entry_type: str = reject_row(vocabulary="entry_type")
    status: str = reject_row(vocabulary="status")
    name_fr: str = reject_row()
    category_path: str = reject_row()
    unit_fr: str = reject_row(vocabulary="unit_fr", nullable=True)
    location: str = reject_row(vocabulary="location")
    poste_type: str = reject_row(vocabulary="poste_type", nullable=True)
    # the totals of V23.6 lie between -2.7e6 and 0.7e6: what is far beyond is a slip of digits and no emission
    total: float = reject_row(ge=-1e12, le=1e12)

    # What describes the line: a bad cell is emptied, the rest of the row stands.
    co2_fossil: float = void_cell(nullable=True)
    ch4_fossil: float = void_cell(nullable=True)
    ch4_biogenic: float = void_cell(nullable=True)
    n2o: float = void_cell(nullable=True)
    extra_gas_1: float = void_cell(nullable=True)
    extra_gas_2: float = void_cell(nullable=True)
    extra_gas_3: float = void_cell(nullable=True)
    extra_gas_4: float = void_cell(nullable=True)
    extra_gas_5: float = void_cell(nullable=True)
    other_gases: float = void_cell(nullable=True)
    biogenic_co2: float = void_cell(nullable=True)
    uncertainty_pct: float = void_cell(nullable=True, ge=0, le=1000)
    transparency_score: float = void_cell(nullable=True, ge=0, le=5)
    quality_score: float = void_cell(nullable=True, ge=0, le=5)
    quality_technology: float = void_cell(nullable=True, ge=0, le=5)
    quality_geography: float = void_cell(nullable=True, ge=0, le=5)
    quality_time: float = void_cell(nullable=True, ge=0, le=5)
    quality_completeness: float = void_cell(nullable=True, ge=0, le=5)
    quality_precision: float = void_cell(nullable=True, ge=0, le=5)
    quality_method: float = void_cell(nullable=True, ge=0, le=5)
    created_on: pl.Date = void_cell(nullable=True)
    modified_on: pl.Date = void_cell(nullable=True)

    # Text that nothing is asked of.
    name_en: str = void_cell(nullable=True)
    name_es: str = void_cell(nullable=True)
    attribute_fr: str = void_cell(nullable=True)
    attribute_en: str = void_cell(nullable=True)
    attribute_es: str = void_cell(nullable=True)
    boundary_fr: str = void_cell(nullable=True)
    boundary_en: str = void_cell(nullable=True)
    boundary_es: str = void_cell(nullable=True)
    tags_fr: str = void_cell(nullable=True)
    tags_en: str = void_cell(nullable=True)
    tags_es: str = void_cell(nullable=True)
    unit_en: str = void_cell(nullable=True)
    unit_es: str = void_cell(nullable=True)
    contributor: str = void_cell(nullable=True)
    other_contributors: str = void_cell(nullable=True)
    programme: str = void_cell(nullable=True)
    programme_url: str = void_cell(nullable=True)
    source_as_stated: str = void_cell(nullable=True)
    sublocation_fr: str = void_cell(nullable=True)
    sublocation_en: str = void_cell(nullable=True)
    sublocation_es: str = void_cell(nullable=True)
    validity: str = void_cell(nullable=True)
    regulations: str = void_cell(nullable=True)
    comment_fr: str = void_cell(nullable=True)
    comment_en: str = void_cell(nullable=True)
    comment_es: str = void_cell(nullable=True)
    poste_name_fr: str = void_cell(nullable=True, rejects=["poste_once"])
    poste_name_en: str = void_cell(nullable=True)
    poste_name_es: str = void_cell(nullable=True)
    extra_gas_1_code: str = void_cell(nullable=True)
    extra_gas_2_code: str = void_cell(nullable=True)
    extra_gas_3_code: str = void_cell(nullable=True)
    extra_gas_4_code: str = void_cell(nullable=True)
    extra_gas_5_code: str = void_cell(nullable=True)

    class Config:
        """Decimal comma, no other column."""

        strict = True
        metadata = {"decimal_mark": ","}  # noqa: RUF012 - pandera reads it from the class

    @pa.check("element_id", name="element_once")
    def _element_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        copies = pl.struct("row_type", "element_id").is_duplicated()
        return data.lazyframe.select(~(copies & (pl.col("row_type") == ELEMENT)).fill_null(False))

    @pa.check("element_id", name="poste_has_element")
    def _poste_has_element(self, data: pa.PolarsData) -> pl.LazyFrame:
        has_element = (pl.col("row_type") == ELEMENT).any().over("element_id")
        return data.lazyframe.select((pl.col("row_type") != POSTE).fill_null(True) | has_element.fill_null(False))

    @pa.check("poste_name_fr", name="poste_once", ignore_na=False)
    def _poste_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        copies = pl.struct("row_type", "element_id", "poste_type", "poste_name_fr").is_duplicated()
        return data.lazyframe.select(~(copies & (pl.col("row_type") == POSTE)).fill_null(False))

    @pa.check("poste_type", name="poste_type_on_postes_only", ignore_na=False)
    def _poste_type_on_postes_only(self, data: pa.PolarsData) -> pl.LazyFrame:
        stated = pl.col("poste_type").is_not_null()
        return data.lazyframe.select((stated == (pl.col("row_type") == POSTE)).fill_null(True))

    @pa.check("unit_fr", name="unit_stated", ignore_na=False)
    def _unit_stated(self, data: pa.PolarsData) -> pl.LazyFrame:
        blank_allowed = (pl.col("entry_type") == SOURCE_DATA).fill_null(False)
        return data.lazyframe.select(pl.col("unit_fr").is_not_null() | blank_allowed)

    @pa.check("unit_fr", name="unit_fits_entry")
    def _unit_fits_entry(self, data: pa.PolarsData) -> pl.LazyFrame:
        of_emissions = pl.col("unit_fr").str.starts_with("kgCO2e/")
        return data.lazyframe.select((of_emissions == (pl.col("entry_type") != SOURCE_DATA)).fill_null(True))


def check_lines(relation, vocabularies: Mapping[str, Collection[str]]) -> pl.DataFrame:
    """Return the checked lines (see `ingest.contract.check`) and `total_as_printed`, the total as upstream wrote it.

    A Poste whose Elément is rejected is rejected with it. Raises ContractError.
    """
    raw = relation.pl() if hasattr(relation, "pl") else relation
    lines = check(raw, Lines, vocabularies).with_columns(raw["total"].alias("total_as_printed"))
    rejected = pl.col("violations").list.eval(pl.element().struct.field("severity") == REJECT).list.any()
    lost = lines.filter(rejected & (pl.col("row_type") == ELEMENT))["element_id"].drop_nulls().unique()
    follows = (pl.col("row_type") == POSTE) & pl.col("element_id").is_in(lost.implode()) & ~rejected
    violation = pl.struct(
        column_name=pl.lit("element_id"),
        check_name=pl.lit("element_accepted"),
        value=pl.col("element_id"),
        severity=pl.lit(REJECT),
    )
    violations = pl.when(follows).then(pl.concat_list("violations", violation)).otherwise("violations")
    return lines.with_columns(violations.cast(violations_type()).alias("violations"))
