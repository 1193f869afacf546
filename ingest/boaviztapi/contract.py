"""What each row of BoaviztAPI must be. Every field says whether a violation rejects the row or voids the cell."""

import pandera.polars as pa
import polars as pl

from ingest.contract import check, reject_row, void_cell
from ingest.landed_row import LandedRow

# criteria as the files write them; seeds/boaviztapi says which indicator each is
BASE = {"gwp", "pe", "ap", "epm", "ept", "ir", "lu", "odp", "pm", "pocp", "wu", "adpf", "ctue"}
ALIASES = {
    *("adp", "adpe", "efp", "epf", "efm", "epm", "gwpb", "gwppb", "gwpf", "gwppf", "gwplu", "gwpplu"),
    *("ctuh-c", "ctuh_c", "ctuh-nc", "ctuh_nc"),
}
CRITERIA = BASE | ALIASES | {"mips", "weee", "fw", "fe"}
MIX_CRITERIA = CRITERIA | {"renewable_energy"}
DEVICE_CRITERIA = {
    *("ADPe", "ADPf", "AP", "CTUe", "CTUh-c", "CTUh-nc", "Epf", "Epm", "Ept", "GWP", "GWPb", "GWPf", "GWPlu", "IR"),
    *("LU", "ODP", "PM", "POCP", "WU", "MIPS"),
}

# seeds/gates/gate_limits.csv: the largest machine that a cloud rents and the largest memory of any card
LARGEST_MACHINE_GB, LARGEST_CARD_GB = 32768, 288
# the largest module that servers are sold with by 2025
LARGEST_STICK_GB = 256

PERCENTAGE = r"^([0-9]+(?:\.[0-9]+)?)%$"


class _Landed(LandedRow):
    """One file may stand in two releases."""

    row_number: int = reject_row(ge=1)

    @pa.check("row_number", name="row_once")
    def _row_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _once(data, "release_id", "file_sha256", "row_number")


def _once(data: pa.PolarsData, *names: str) -> pl.LazyFrame:
    return data.lazyframe.select(~pl.struct(names).is_duplicated())


class ComponentFactors(_Landed):
    """One row a number of factors.yml: components, devices, blocks of connected devices and electricity."""

    item: str = reject_row()
    sub_part: str = reject_row(nullable=True)
    variant: str = reject_row(nullable=True)
    stage_as_printed: str = reject_row(nullable=True, isin=["manufacture", "distribution", "eol"])
    criterion: str = reject_row(isin=sorted(CRITERIA))
    factor_field: str = reject_row(
        nullable=True, isin=["impact", "die_impact", "impact_blade_server", "impact_blade_16_slots", "value"]
    )
    value: float = void_cell(nullable=True)
    unit_as_printed: str = reject_row(nullable=True)
    factor_source: str = reject_row(nullable=True)
    priority: float = void_cell(nullable=True, ge=1)
    reference_period: str = void_cell(nullable=True)


class ElectricityMixes(_Landed):
    """One row a criterion, source and place, per kWh; an empty value falls through to the next source."""

    name_en: str = reject_row()
    name_fr: str = reject_row()
    unit_as_printed: str = reject_row()
    factor_source: str = reject_row()
    priority: int = reject_row(ge=1, le=9)
    reference_period: str = void_cell(nullable=True)
    criterion: str = reject_row(isin=sorted(MIX_CRITERIA))
    file_row: int = reject_row(ge=1)
    place_code: str = reject_row(str_matches=r"^[A-Z]{3}$")
    place_name: str = void_cell(nullable=True)
    value: float = void_cell(nullable=True, ge=0)

    @pa.check("value", name="one_of_a_priority")
    def _one_of_a_priority(self, data: pa.PolarsData) -> pl.LazyFrame:
        # two values of one priority: nothing says which one holds
        cell = pl.struct("release_id", "criterion", "priority", "place_code")
        stated = pl.col("value").is_not_null()
        return data.lazyframe.select(~(stated & (stated.sum().over(cell) > 1)))


class DeviceFactors(_Landed):
    """One row a device and criterion of the table with decimal commas; credits of recycling make negative numbers."""

    device: str = reject_row()
    variant: str = reject_row(nullable=True)
    criterion: str = reject_row(isin=sorted(DEVICE_CRITERIA))
    value: float = void_cell(nullable=True)

    class Config:
        """Numbers such as 8,00E-03."""

        strict = True
        metadata = {"decimal_mark": ","}  # noqa: RUF012

    @pa.check("device", name="device_once")
    def _device_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _once(data, "release_id", "device", "variant", "criterion")


class BlockFactors(_Landed):
    """One row a block of a connected device, level, stage and criterion."""

    block: str = reject_row()
    block_level: str = reject_row(str_matches=r"^HSL-[0-3]$")
    stage_as_printed: str = reject_row(isin=["fab", "eol"])
    criterion: str = reject_row(isin=sorted(CRITERIA))
    criterion_name: str = reject_row()
    unit_as_printed: str = reject_row()
    value: float = void_cell(nullable=True)

    @pa.check("block", name="block_once")
    def _block_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _once(data, "release_id", "block", "block_level", "stage_as_printed", "criterion")


def _positive():
    return void_cell(nullable=True, gt=0)


def _amount():
    return void_cell(nullable=True, ge=0)


class GpuSpecs(_Landed):
    """One row a graphics card."""

    card_name: str = reject_row()
    manufacturer: str = reject_row(nullable=True)
    dies: float = _positive()
    memory_dies: float = _amount()
    vram_gb: float = void_cell(nullable=True, ge=0, le=LARGEST_CARD_GB)
    die_area_mm2: float = _positive()
    board_area_cm2: float = _positive()
    distance_boat_km: float = _amount()
    distance_truck_km: float = _amount()
    distance_plane_km: float = _amount()
    casing_mass_kg: float = _amount()
    heatsink_mass_kg: float = _amount()
    card_mass_kg: float = _positive()
    spec_source: str = void_cell(nullable=True)

    @pa.check("card_name", name="card_once")
    def _card_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _once(data, "release_id", "card_name")


class CpuSpecs(_Landed):
    """One row a processor."""

    cpu_name: str = reject_row()
    code_name: str = void_cell(nullable=True)
    generation: str = void_cell(nullable=True)
    foundry: str = void_cell(nullable=True)
    release_date: str = void_cell(nullable=True)
    frequency_as_printed: str = void_cell(nullable=True)
    cpu_tdp_w: float = _positive()
    cores: float = _positive()
    threads: float = _positive()
    transistors_as_printed: str = void_cell(nullable=True)
    process_nm: float = _positive()
    die_size_as_printed: str = void_cell(nullable=True)
    io_die_size_as_printed: str = void_cell(nullable=True)
    io_process_as_printed: str = void_cell(nullable=True)
    total_die_area_mm2: float = _positive()
    total_die_area_source: str = void_cell(nullable=True)
    manufacturer: str = void_cell(nullable=True)
    model_range: str = void_cell(nullable=True)
    spec_source: str = void_cell(nullable=True)

    @pa.check("cpu_name", name="cpu_once")
    def _cpu_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _once(data, "release_id", "cpu_name")


class ChipDensities(_Landed):
    """One row a memory or flash process: how much fits on a square centimetre."""

    chip_kind: str = reject_row(isin=["ram", "ssd"])
    manufacturer: str = reject_row(nullable=True)
    layers: int = _positive()
    bits_per_cell: int = _positive()
    cell_type: str = void_cell(nullable=True)
    nand_type: str = void_cell(nullable=True)
    density_gb_cm2: float = _positive()
    density_year: int = void_cell(nullable=True, ge=1990, le=2100)
    spec_source: str = void_cell(nullable=True)
    process_nm: float = _positive()


SERVER_NUMBERS = (
    *("cpu_units", "cpu_core_units", "cpu_die_area_per_core_mm2", "cpu_threads", "ram_units", "ram_capacity_gb"),
    *("ssd_units", "ssd_capacity_gb", "hdd_units", "hdd_capacity_gb", "gpu_units", "gpu_memory_gb"),
    *("power_supply_units", "power_supply_mass_kg", "time_workload_percent", "use_time_ratio", "hours_life_time"),
    "other_consumption_ratio",
)


class Servers(_Landed):
    """One row a server archetype; numbers as `default;min;max`."""

    archetype_id: str = reject_row()
    manufacturer: str = void_cell(nullable=True)
    case_type: str = void_cell(nullable=True)
    cpu_name: str = void_cell(nullable=True)
    gpu_name: str = void_cell(nullable=True)
    warnings: str = void_cell(nullable=True)
    cpu_units: float = _amount()
    cpu_units_min: float = _amount()
    cpu_units_max: float = _amount()
    cpu_core_units: float = _amount()
    cpu_core_units_min: float = _amount()
    cpu_core_units_max: float = _amount()
    cpu_die_area_per_core_mm2: float = _amount()
    cpu_die_area_per_core_mm2_min: float = _amount()
    cpu_die_area_per_core_mm2_max: float = _amount()
    cpu_threads: float = _amount()
    cpu_threads_min: float = _amount()
    cpu_threads_max: float = _amount()
    ram_units: float = _amount()
    ram_units_min: float = _amount()
    ram_units_max: float = _amount()
    ram_capacity_gb: float = void_cell(nullable=True, ge=0)
    ram_capacity_gb_min: float = _amount()
    ram_capacity_gb_max: float = _amount()
    ssd_units: float = _amount()
    ssd_units_min: float = _amount()
    ssd_units_max: float = _amount()
    ssd_capacity_gb: float = _amount()
    ssd_capacity_gb_min: float = _amount()
    ssd_capacity_gb_max: float = _amount()
    hdd_units: float = _amount()
    hdd_units_min: float = _amount()
    hdd_units_max: float = _amount()
    hdd_capacity_gb: float = _amount()
    hdd_capacity_gb_min: float = _amount()
    hdd_capacity_gb_max: float = _amount()
    gpu_units: float = _amount()
    gpu_units_min: float = _amount()
    gpu_units_max: float = _amount()
    gpu_memory_gb: float = _amount()
    gpu_memory_gb_min: float = _amount()
    gpu_memory_gb_max: float = _amount()
    power_supply_units: float = _amount()
    power_supply_units_min: float = _amount()
    power_supply_units_max: float = _amount()
    power_supply_mass_kg: float = _amount()
    power_supply_mass_kg_min: float = _amount()
    power_supply_mass_kg_max: float = _amount()
    time_workload_percent: float = _amount()
    time_workload_percent_min: float = _amount()
    time_workload_percent_max: float = _amount()
    use_time_ratio: float = void_cell(nullable=True, ge=0, le=1)
    use_time_ratio_min: float = void_cell(nullable=True, ge=0, le=1)
    use_time_ratio_max: float = void_cell(nullable=True, ge=0, le=1)
    hours_life_time: float = _amount()
    hours_life_time_min: float = _amount()
    hours_life_time_max: float = _amount()
    other_consumption_ratio: float = _amount()
    other_consumption_ratio_min: float = _amount()
    other_consumption_ratio_max: float = _amount()

    @pa.check("archetype_id", name="archetype_once")
    def _archetype_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _once(data, "release_id", "archetype_id")

    # of three numbers out of order nothing tells which is wrong: all are emptied
    @pa.check(*(name + end for name in SERVER_NUMBERS for end in ("", "_min", "_max")), name="ends_in_order")
    def _ends_in_order(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _in_order(data)

    # one of the two is wrong and nothing tells which: both are emptied
    @pa.check("ram_units", "ram_capacity_gb", name="memory_of_a_machine_is_possible")
    def _memory_of_a_machine_is_possible(self, data: pa.PolarsData) -> pl.LazyFrame:
        total = pl.col("ram_units") * pl.col("ram_capacity_gb")
        return data.lazyframe.select((total <= LARGEST_MACHINE_GB).fill_null(True))

    @pa.check("ram_units", "ram_capacity_gb", name="memory_of_a_stick_is_possible")
    def _memory_of_a_stick_is_possible(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select((pl.col("ram_capacity_gb") <= LARGEST_STICK_GB).fill_null(True))

    @pa.check("gpu_memory_gb", name="memory_of_a_card_is_possible")
    def _memory_of_a_card_is_possible(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select((pl.col("gpu_memory_gb") <= LARGEST_CARD_GB).fill_null(True))


class CloudInstances(_Landed):
    """One row an instance of a cloud provider and the platform it runs on."""

    provider: str = reject_row()
    instance_id: str = reject_row()
    vcpu: float = _positive()
    instance_memory_gb: float = void_cell(nullable=True, ge=0, le=LARGEST_MACHINE_GB)
    ssd_storage_gb: float = _amount()
    hdd_storage_gb: float = _amount()
    gpu_units: float = _amount()
    platform: str = void_cell()
    spec_source: str = void_cell(nullable=True)

    @pa.check("instance_id", name="instance_once")
    def _instance_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _once(data, "release_id", "provider", "instance_id")


class ArchetypeFields(_Landed):
    """One row a cell of the small tables: components, terminals, connected devices, power curves; words and numbers."""

    archetype_kind: str = reject_row()
    archetype_id: str = reject_row()
    archetype_field: str = reject_row()
    field_value: str = void_cell(nullable=True)
    field_value_min: float = void_cell(nullable=True)
    field_value_max: float = void_cell(nullable=True)

    @pa.check("archetype_field", name="field_once")
    def _field_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _once(data, "release_id", "archetype_kind", "archetype_id", "archetype_field")


def _in_order(data: pa.PolarsData) -> pl.LazyFrame:
    name = data.key.removesuffix("_min").removesuffix("_max")
    value, low, high = (pl.col(name + end) for end in ("", "_min", "_max"))
    return data.lazyframe.select(((low <= value) & (value <= high)).fill_null(True))


def check_component_factors(relation) -> pl.DataFrame:
    """Return the checked numbers of factors.yml and `as_printed`. Raises ContractError."""
    return _with_printed(relation, ComponentFactors)


def check_electricity_mixes(relation) -> pl.DataFrame:
    """Return the checked mixes and `as_printed`; a percentage loses its sign. Raises ContractError."""
    raw = _frame(relation)
    bare = raw.with_columns(pl.col("value").str.replace(PERCENTAGE, "$1"))
    return check(bare, ElectricityMixes).with_columns(raw["value"].alias("as_printed"))


def check_device_factors(relation) -> pl.DataFrame:
    """Return the checked numbers of devices and `as_printed`. Raises ContractError."""
    return _with_printed(relation, DeviceFactors)


def check_block_factors(relation) -> pl.DataFrame:
    """Return the checked numbers of blocks and `as_printed`. Raises ContractError."""
    return _with_printed(relation, BlockFactors)


def _frame(relation) -> pl.DataFrame:
    return relation.pl() if hasattr(relation, "pl") else relation


def _with_printed(relation, model: type[pa.DataFrameModel]) -> pl.DataFrame:
    raw = _frame(relation)
    return check(raw, model).with_columns(raw["value"].alias("as_printed"))
