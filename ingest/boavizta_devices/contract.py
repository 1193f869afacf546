"""What a row of the file must be. Every field says whether a violation rejects the row or voids the cell."""

from collections.abc import Collection, Mapping

import pandera.polars as pa
import polars as pl

from ingest.contract import check, reject_row, void_cell
from ingest.landed_row import LandedRow

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    "December",
)
# kgCO2e over the life of a device, by category, with room below the smallest of the file (54 kg in data centres, 15 kg
# elsewhere) and above the largest (190 t, 24 t). A laptop or a server in tonnes lies below, in grams above.
PLAUSIBLE_GWP = {"Datacenter": (10, 300_000)}
PLAUSIBLE_GWP_OF_OTHERS = (1, 60_000)
STAGES = ("gwp_manufacturing_ratio", "gwp_transport_ratio", "gwp_use_ratio", "gwp_eol_ratio")

_YEAR, _MONTH, _DAY = "(19|20)[0-9]{2}", "(0?[1-9]|1[0-2])", "(0?[1-9]|[12][0-9]|3[01])"
_NAME = f"({'|'.join((*MONTHS, *(month[:3] for month in MONTHS)))})"
# a year, 'May 2020', 'Feb 2020', 'May 5 2020', 2020-5-5, 05/05/2020
DATE = f"^({_YEAR}|{_NAME} ({_DAY} )?{_YEAR}|{_YEAR}-{_MONTH}-{_DAY}|{_DAY}/{_MONTH}/{_YEAR})$"
# what a spreadsheet makes of a date: days since 1900
SPREADSHEET_NUMBER = r"^[0-9]{5}$"
ADDED = f"^({_DAY}-{_MONTH}-{_YEAR}|{_YEAR}-{_MONTH}-{_DAY})$"


def _ratio():
    return void_cell(nullable=True, ge=0, le=1)


class Footprints(LandedRow):
    """One row a product carbon footprint: what a manufacturer says of one device over its life."""

    manufacturer: str = reject_row()
    name: str = reject_row()
    device_category: str = reject_row(vocabulary="device_category")
    # gross over the whole life: none below or at zero
    gwp_total: float = reject_row()
    report_urls: str = reject_row()

    device_subcategory: str = void_cell(nullable=True, vocabulary="device_subcategory")
    gwp_manufacturing_ratio: float = _ratio()
    gwp_transport_ratio: float = _ratio()
    gwp_use_ratio: float = _ratio()
    gwp_eol_ratio: float = _ratio()
    gwp_electronics_ratio: float = _ratio()
    gwp_battery_ratio: float = _ratio()
    gwp_hdd_ratio: float = _ratio()
    gwp_ssd_ratio: float = _ratio()
    gwp_othercomponents_ratio: float = _ratio()
    # margins of servers reach 1.16 of the total; far beyond is a slip
    gwp_error_ratio: float = void_cell(nullable=True, ge=0, le=2)
    yearly_tec_kwh: float = void_cell(nullable=True, gt=0, le=1e6)
    lifetime_years: float = void_cell(nullable=True, gt=0, le=50)
    weight_kg: float = void_cell(nullable=True, gt=0, le=10000)
    # 0 is printed for a device without a screen
    screen_size_inch: float = void_cell(nullable=True, ge=0, le=500)
    device_memory_gb: float = void_cell(nullable=True, gt=0, le=1e6)
    number_cpu: float = void_cell(nullable=True, gt=0, le=1000)
    height_u: float = void_cell(nullable=True, gt=0, le=100)
    report_date: str = void_cell(nullable=True)
    added_date: str = void_cell(nullable=True, str_matches=ADDED)

    use_location: str = void_cell(nullable=True)
    assembly_location: str = void_cell(nullable=True)
    report_hash: str = void_cell(nullable=True)
    server_type: str = void_cell(nullable=True)
    hard_drive: str = void_cell(nullable=True)
    add_method: str = void_cell(nullable=True)
    comment: str = void_cell(nullable=True)

    @pa.check("name", name="footprint_once")
    def _footprint_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~pl.struct("manufacturer", "name", "report_urls").is_duplicated())

    @pa.check("gwp_total", name="plausible_for_category")
    def _plausible_for_category(self, data: pa.PolarsData) -> pl.LazyFrame:
        inside = pl.col("gwp_total").is_between(*PLAUSIBLE_GWP_OF_OTHERS)
        for category, ends in PLAUSIBLE_GWP.items():
            inside = (
                pl.when(pl.col("device_category") == category)
                .then(pl.col("gwp_total").is_between(*ends))
                .otherwise(inside)
            )
        return data.lazyframe.select(inside)

    @pa.check("|".join(f"^{stage}$" for stage in STAGES), regex=True, name="stages_sum_to_one")
    def _stages_sum_to_one(self, data: pa.PolarsData) -> pl.LazyFrame:
        # unknown, and no violation, where a ratio is missing
        total = pl.sum_horizontal(STAGES, ignore_nulls=False).round(9)
        return data.lazyframe.select(total.is_between(0.98, 1.02).fill_null(True))

    @pa.check("^gwp_(transport|eol)_ratio$", regex=True, name="not_filled_up_with_zero")
    def _not_filled_up(self, data: pa.PolarsData) -> pl.LazyFrame:
        # no device travels and ends for nothing: a reader of reports wrote 0 for what it did not find
        both = (pl.col("gwp_transport_ratio") == 0) & (pl.col("gwp_eol_ratio") == 0)
        return data.lazyframe.select((~both).fill_null(True))

    @pa.check("report_date", name="not_a_spreadsheet_number")
    def _no_number(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~pl.col("report_date").str.contains(SPREADSHEET_NUMBER))

    @pa.check("report_date", name="date_shape")
    def _date_shape(self, data: pa.PolarsData) -> pl.LazyFrame:
        known = pl.col("report_date").str.contains(DATE)
        return data.lazyframe.select(known | pl.col("report_date").str.contains(SPREADSHEET_NUMBER))


def check_footprints(relation, vocabularies: Mapping[str, Collection[str]]) -> pl.DataFrame:
    """Return the checked rows (see `ingest.contract.check`) and `gwp_total_as_printed`. Raises ContractError."""
    raw = relation.pl() if hasattr(relation, "pl") else relation
    return check(raw, Footprints, vocabularies).with_columns(raw["gwp_total"].alias("gwp_total_as_printed"))
