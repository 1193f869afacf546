"""What a row of the summaries must be. Every field says whether a violation rejects the row or voids the cell."""

import pandera.polars as pa
import polars as pl

from ingest.as_printed import is_as_printed
from ingest.contract import check, reject_row, void_cell
from ingest.landed_row import LandedRow

TOTAL, STAGE, COMPONENT = "total", "stage", "component"
MATERIALS = "materials_and_components"
PRINTED, DERIVED = "printed", "derived from printed percent"
# of a PDF of the user's, by Cradle: the same two ways
PDF_PRINTED, PDF_DERIVED = "read from the PDF", "derived from a percent read from the PDF"
# a product is told of by the table of our own and by a PDF of the user's: each is judged on its own
SUMMARY = ["file_sha256", "product"]
# kgCO2e per kg of product; the two summaries have 55 and 71. In tonnes or grams a total lies far outside.
PLAUSIBLE_PER_KG = (1, 500)
SHARE = r"^[0-9]+(\.[0-9]+)? %$"


def _of(level: str, column: str) -> pl.Expr:
    return pl.col(column).filter(pl.col("level") == level)


class Summaries(LandedRow):
    """One row a product and level (total, stage, component) and name."""

    product: str = reject_row(vocabulary="product")
    level: str = reject_row(isin=[TOTAL, STAGE, COMPONENT])
    name: str = reject_row(str_matches=r"^[a-z]+(_[a-z]+)*$")
    # the heaviest summary is 2,274: a slip of digits lies far above
    value: float = reject_row(ge=0, le=100_000)
    unit: str = reject_row(isin=["kgCO2e/item"])
    as_printed: str = reject_row()
    how_read: str = reject_row(isin=[PRINTED, DERIVED, PDF_PRINTED, PDF_DERIVED])
    confidence: str = reject_row(isin=["high", "medium", "low"])
    locator: str = reject_row()

    product_mass_kg: float = void_cell(nullable=True, gt=0, le=1000)
    share_pct: float = void_cell(nullable=True, ge=0, le=100, rejects=["stage_shares_are_a_whole"])
    published_on: str = void_cell(nullable=True, str_matches=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")

    row_number: int = reject_row(ge=1)

    @pa.check("name", name="named_once")
    def _named_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        # two PDFs of one product contradict each other or are one file twice
        is_pdf = pl.col("how_read").is_in([PDF_PRINTED, PDF_DERIVED])
        return data.lazyframe.select(~pl.struct("product", "level", "name", is_pdf.alias("pdf")).is_duplicated())

    @pa.check("product", name="has_one_total")
    def _has_one_total(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select((pl.col("level") == TOTAL).sum().over(SUMMARY) == 1)

    @pa.check("share_pct", name="stage_shares_are_a_whole", ignore_na=False)
    def _stage_shares_are_a_whole(self, data: pa.PolarsData) -> pl.LazyFrame:
        # printed to one decimal: three stages are off by 0.15 at most, more is a misreading
        whole = (_of(STAGE, "share_pct").sum().over(SUMMARY) - 100).abs() <= 0.5
        stated = _of(STAGE, "share_pct").null_count().over(SUMMARY) == 0
        return data.lazyframe.select((pl.col("level") != STAGE).fill_null(True) | (whole & stated).fill_null(False))

    @pa.check("value", name="components_add_up_to_materials")
    def _components_add_up_to_materials(self, data: pa.PolarsData) -> pl.LazyFrame:
        materials = pl.col("share_pct").filter((pl.col("level") == STAGE) & (pl.col("name") == MATERIALS))
        total = _of(TOTAL, "value").first().over(SUMMARY)
        share = _of(COMPONENT, "value").sum().over(SUMMARY) / total * 100
        fits = ((share - materials.first().over(SUMMARY)).abs() <= 1).fill_null(False)
        return data.lazyframe.select((pl.col("level") != COMPONENT).fill_null(True) | fits)

    @pa.check("value", name="total_is_plausible_for_its_mass")
    def _total_is_plausible_for_its_mass(self, data: pa.PolarsData) -> pl.LazyFrame:
        mass = pl.col("product_mass_kg")  # one that is no mass is a finding of its own
        inside = (pl.col("value") / pl.when(mass > 0).then(mass)).is_between(*PLAUSIBLE_PER_KG)
        return data.lazyframe.select((pl.col("level") != TOTAL).fill_null(True) | inside.fill_null(True))

    @pa.check("value", name="value_fits_its_share")
    def _value_fits_its_share(self, data: pa.PolarsData) -> pl.LazyFrame:
        share = pl.col("value") / _of(TOTAL, "value").first().over(SUMMARY) * 100
        # shares are printed as whole percents at the coarsest
        return data.lazyframe.select(((share - pl.col("share_pct")).abs() <= 0.501).fill_null(True))

    @pa.check("as_printed", name="value_is_as_printed")
    def _value_is_as_printed(self, data: pa.PolarsData) -> pl.LazyFrame:
        row = pl.struct("value", "as_printed")
        printed = row.map_elements(lambda row: is_as_printed(*row.values(), "kgCO2e"), return_dtype=pl.Boolean)
        printed = printed & pl.col("as_printed").str.contains("[0-9]")
        share = pl.col("as_printed").str.strip_suffix(" %").cast(pl.Float64, strict=False)
        from_share = pl.col("as_printed").str.contains(SHARE) & (share == pl.col("share_pct"))
        same = pl.when(pl.col("how_read").is_in([PRINTED, PDF_PRINTED])).then(printed).otherwise(from_share)
        return data.lazyframe.select(same.fill_null(False))


def check_summaries(relation, products: set[str]) -> pl.DataFrame:
    """Return the checked rows (see `ingest.contract.check`). Raises ContractError.

    `products` are those that Cradle knows: they catch a slip in our table. What a PDF tells of is known by itself.
    """
    raw = relation.pl() if hasattr(relation, "pl") else relation
    told = raw.filter(pl.col("how_read").is_in([PDF_PRINTED, PDF_DERIVED]))["product"]
    return check(raw, Summaries, {"product": products | set(told)})
