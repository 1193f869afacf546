"""What each row of EcoLogits must be. Every field says whether a violation rejects the row or voids the cell."""

import pandera.polars as pa
import polars as pl

from ingest.contract import check, reject_row, void_cell
from ingest.landed_row import LandedRow

MIX_WARNINGS = {f"electricity-mix-{column}-world" for column in ("adpe", "pe", "wue")}
MODEL_WARNINGS = {"model-arch-multimodal", "model-arch-not-released"}
MIX_NUMBERS = ("adpe", "pe", "gwp", "wue")
HARDWARE_NUMBERS = tuple(f"{part}_{number}" for part in ("server", "accelerator") for number in ("gwp", "adpe", "pe"))


class ElectricityMixes(LandedRow):
    """One row a place: factors per kWh; ADPe and `pe` are empty in the bundled rows."""

    place_code: str = reject_row(str_matches=r"^[A-Z]{3}$")
    # an unknown warning may mean that a value is not the place's own
    warnings: str = reject_row(nullable=True)
    # the ends are some ten times the extremes of release 0.11.3: beyond is a slip of unit or digits
    gwp: float = void_cell(nullable=True, ge=0, le=10)
    adpe: float = void_cell(nullable=True, ge=0, le=1e-5)
    pe: float = void_cell(nullable=True, ge=0, le=200)
    wue: float = void_cell(nullable=True, ge=0, le=200)

    @pa.check("place_code", name="place_once")
    def _place_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~pl.col("place_code").is_duplicated().fill_null(False))

    @pa.check("warnings", name="known_warnings")
    def _known_warnings(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _known(data, MIX_WARNINGS)


class Models(LandedRow):
    """One row a language model of a provider; parameters in billions."""

    record_type: str = reject_row(isin=["model"])
    provider: str = reject_row()
    model_name: str = reject_row()
    architecture_type: str = reject_row(isin=["dense", "moe"])
    parameters_total_min: float = void_cell(gt=0)
    parameters_total_max: float = void_cell(gt=0)
    parameters_active_min: float = void_cell(nullable=True, gt=0)
    parameters_active_max: float = void_cell(nullable=True, gt=0)
    tps: float = void_cell(nullable=True, gt=0)
    ttft: float = void_cell(nullable=True, ge=0)
    # it says that the architecture is estimated
    warnings: str = reject_row(nullable=True)
    sources: str = void_cell(nullable=True)

    @pa.check("model_name", name="model_once")
    def _model_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~pl.struct("provider", "model_name").is_duplicated())

    @pa.check("parameters_total_min", "parameters_total_max", name="ends_in_order")
    def _total_in_order(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _ordered(data, "parameters_total_min", "parameters_total_max")

    @pa.check("parameters_active_min", "parameters_active_max", name="ends_in_order")
    def _active_in_order(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _ordered(data, "parameters_active_min", "parameters_active_max")

    @pa.check("parameters_active_max", name="active_within_total")
    def _active_within_total(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _ordered(data, "parameters_active_max", "parameters_total_max")

    @pa.check("warnings", name="known_warnings")
    def _known_warnings(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _known(data, MODEL_WARNINGS)


class Aliases(LandedRow):
    """One row another name of a model."""

    record_type: str = reject_row(isin=["alias"])
    provider: str = reject_row()
    model_alias: str = reject_row()
    model_name: str = reject_row()

    @pa.check("model_alias", name="alias_once")
    def _alias_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~pl.struct("provider", "model_alias").is_duplicated())


# Several times what a server or a card of 2025 has: beyond is a slip of unit or digits.
MOST = {"gwp": 20_000, "adpe": 5, "pe": 500_000}


def _embodied(number: str):
    return void_cell(nullable=True, ge=0, le=MOST[number])


class Hardware(LandedRow):
    """One row a configuration: a server without its accelerators, and one of its accelerators."""

    configuration: str = reject_row()
    number_of_accelerators: int = void_cell(ge=1, le=10000)
    server_power_w_p2_5: float = void_cell(nullable=True, gt=0)
    server_power_w_mean: float = void_cell(nullable=True, gt=0)
    server_power_w_p97_5: float = void_cell(nullable=True, gt=0)
    server_gwp: float = _embodied("gwp")
    server_adpe: float = _embodied("adpe")
    server_pe: float = _embodied("pe")
    accelerator_gwp: float = _embodied("gwp")
    accelerator_adpe: float = _embodied("adpe")
    accelerator_pe: float = _embodied("pe")

    @pa.check("configuration", name="configuration_once")
    def _configuration_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~pl.col("configuration").is_duplicated().fill_null(False))

    @pa.check("server_power_w_p2_5", "server_power_w_mean", name="not_above_mean")
    def _low_in_order(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _ordered(data, "server_power_w_p2_5", "server_power_w_mean")

    @pa.check("server_power_w_p97_5", name="not_below_mean")
    def _high_in_order(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _ordered(data, "server_power_w_mean", "server_power_w_p97_5")


class Providers(LandedRow):
    """One row a provider of video models: where its data centres are and what they need beside the servers."""

    provider: str = reject_row()
    datacenter_location: str = reject_row(str_matches=r"^[A-Z]{3}$")
    # electricity of the building over that of the servers cannot be below one
    datacenter_pue_min: float = void_cell(nullable=True, ge=1, le=10)
    datacenter_pue_max: float = void_cell(nullable=True, ge=1, le=10)
    datacenter_wue_min: float = void_cell(nullable=True, ge=0, le=100)
    datacenter_wue_max: float = void_cell(nullable=True, ge=0, le=100)

    @pa.check("provider", name="provider_once")
    def _provider_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~pl.col("provider").is_duplicated().fill_null(False))

    @pa.check("datacenter_pue_min", "datacenter_pue_max", name="ends_in_order")
    def _pue_in_order(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _ordered(data, "datacenter_pue_min", "datacenter_pue_max")

    @pa.check("datacenter_wue_min", "datacenter_wue_max", name="ends_in_order")
    def _wue_in_order(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _ordered(data, "datacenter_wue_min", "datacenter_wue_max")


def _ordered(data: pa.PolarsData, low: str, high: str) -> pl.LazyFrame:
    return data.lazyframe.select((pl.col(low) <= pl.col(high)).fill_null(True))


def _known(data: pa.PolarsData, known: set[str]) -> pl.LazyFrame:
    named = pl.col("warnings").str.split(";")
    return data.lazyframe.select(named.list.set_difference(sorted(known)).list.len().fill_null(0) == 0)


def check_electricity_mixes(relation) -> pl.DataFrame:
    """Return the checked mixes and each number `as_printed` (see `ingest.contract.check`). Raises ContractError."""
    return _with_printed(relation, ElectricityMixes, MIX_NUMBERS)


def check_hardware(relation) -> pl.DataFrame:
    """Return the checked configurations and each embodied number `as_printed`. Raises ContractError."""
    return _with_printed(relation, Hardware, HARDWARE_NUMBERS)


def _with_printed(relation, model: type[pa.DataFrameModel], numbers: tuple[str, ...]) -> pl.DataFrame:
    raw = relation.pl() if hasattr(relation, "pl") else relation
    return check(raw, model).with_columns(raw[name].alias(f"{name}_as_printed") for name in numbers)
