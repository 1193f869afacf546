"""What the landed tables of a set of traces must be. Samples are not here: they are typed when they are read.

A sample that is no good stays in the trace with its fault; SQL flags what only the numbers show.
"""

import pandera.polars as pa
import polars as pl

from ingest.contract import check, reject_row, void_cell
from ingest.landed_row import LandedRow
from ingest.power.plausible import LEAST_HZ, MOST_HZ, MOST_J, MOST_KG, MOST_KWH, MOST_S, MOST_US
from ingest.power.reading import BOUNDARIES, CLOCKS, QUANTITY_KINDS

UNITS = ("W", "mW", "uW", "kW", "MW", "J", "mJ", "uJ", "kJ", "Wh", "kWh")


def _as_stated():
    return void_cell(nullable=True)


def _within(most: float):
    return void_cell(nullable=True, ge=-most, le=most)


class _Row(LandedRow):
    row_number: int = reject_row(ge=1)  # from 1 in each set


class Files(_Row):
    """One row a file that was read."""

    file_name: str = reject_row()
    format: str = reject_row()
    bytes: int = reject_row(ge=0)
    companions: str = _as_stated()
    samples: int = void_cell(nullable=True, ge=0)
    first_stated_us: int = _as_stated()
    last_stated_us: int = _as_stated()


class Channels(_Row):
    """One row a series of samples."""

    channel_key: int = reject_row(unique=True)
    file_name: str = reject_row()
    channel_index: int = reject_row()
    run_id: str = reject_row()
    device_id: str = _as_stated()
    channel: str = reject_row()
    component: str = void_cell(nullable=True, isin=["node", "cpu", "gpu", "ram", "other"])
    boundary: str = void_cell(nullable=True, isin=list(BOUNDARIES))
    quantity_kind: str = reject_row(isin=list(QUANTITY_KINDS))
    unit: str = reject_row(isin=list(UNITS))
    is_measured: bool = _as_stated()
    is_part_of_channel: str = _as_stated()
    instrument: str = _as_stated()
    counter_modulus: float = void_cell(nullable=True, gt=0, le=1e6 * MOST_J)  # in its own unit, the smallest is uJ
    sensor_interval_s: float = void_cell(nullable=True, gt=0, le=MOST_S)
    sample_rate_hz: float = void_cell(nullable=True, ge=LEAST_HZ, le=MOST_HZ)
    clock: str = reject_row(isin=list(CLOCKS))
    utc_offset_s: int = void_cell(nullable=True, ge=-86400, le=86400)
    clock_reason: str = _as_stated()
    facts: str = _as_stated()
    boundary_said_by: str = void_cell(nullable=True, isin=["file", "user"])
    timezone: str = _as_stated()
    samples: int = reject_row(ge=0)
    series_hash: str = _as_stated()
    sentinels: int = reject_row(ge=0)
    negatives: int = reject_row(ge=0)
    unreadable_values: int = reject_row(ge=0)
    steps_back: int = reject_row(ge=0)
    is_in_order: bool = reject_row()


class Windows(_Row):
    """One row a window that the publisher of a trace, or the user, declares."""

    file_name: str = reject_row()
    window_name: str = reject_row()
    begin_us: int = _within(MOST_US)
    end_us: int = _within(MOST_US)
    begin_row: int = _as_stated()
    end_row: int = _as_stated()
    rule: str = _as_stated()
    stated_value: float = _within(1e6 * MOST_J)
    stated_unit: str = _as_stated()
    stated_in: str = _as_stated()
    run_id: str = _as_stated()

    @pa.check("end_us", name="is_after_its_begin")
    def _ends_after(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select((pl.col("end_us") >= pl.col("begin_us")).fill_null(True))


class Work(_Row):
    """One row an amount of work that a run did: tokens, images, steps, queries."""

    file_name: str = reject_row()
    run_id: str = _as_stated()
    work_unit: str = reject_row()
    quantity: float = void_cell(nullable=True, gt=0, le=1e24)
    quantity_per_s: float = void_cell(nullable=True, gt=0, le=1e24)
    window_name: str = _as_stated()
    stated_in: str = _as_stated()
    task: str = _as_stated()


class RunTotals(_Row):
    """One row a run, or a task of a run, of which only the total is known. A negative energy is a wrapped counter."""

    file_name: str = reject_row()
    line_number: int = reject_row()
    run_id: str = reject_row()
    task: str = _as_stated()
    project: str = _as_stated()
    ended_us: int = _within(MOST_US)
    clock: str = reject_row(isin=list(CLOCKS))
    duration_s: float = void_cell(nullable=True, ge=0, le=MOST_S)
    cpu_energy_kwh: float = _within(MOST_KWH)
    gpu_energy_kwh: float = _within(MOST_KWH)
    ram_energy_kwh: float = _within(MOST_KWH)
    energy_kwh: float = _within(MOST_KWH)
    emissions_kgco2e: float = _within(MOST_KG)
    pue: float = void_cell(nullable=True, ge=1, le=100)
    cpu_is_measured: bool = _as_stated()
    gpu_is_measured: bool = _as_stated()
    ram_is_measured: bool = _as_stated()
    boundary: str = void_cell(nullable=True, isin=list(BOUNDARIES))
    instrument: str = _as_stated()
    facts: str = _as_stated()
    timezone: str = _as_stated()
    at_us: int = _within(MOST_US)

    @pa.check("energy_kwh", name="is_stated")
    def _stated(self, data: pa.PolarsData) -> pl.LazyFrame:
        parts = pl.col("energy_kwh", "cpu_energy_kwh", "gpu_energy_kwh", "ram_energy_kwh")
        return data.lazyframe.select(pl.any_horizontal(parts.is_not_null()))


class Rejects(_Row):
    """One row a line that is no sample."""

    file_name: str = reject_row()
    line_number: int = reject_row()
    line: str = _as_stated()
    reason: str = reject_row()


class Tables(_Row):
    """One row a set of traces, as declared when it was pulled."""

    title: str = reject_row()
    licence_id: str = reject_row()
    licence_name: str = reject_row()
    licence_url: str = _as_stated()
    redistributable: str = reject_row(isin=["yes", "share-alike", "no"])
    licence_pack: str = void_cell(nullable=True, isin=["open", "odbl", "by-sa"])
    run_said: str = _as_stated()
    boundary_said: str = _as_stated()
    timezone_said: str = _as_stated()
    format_said: str = _as_stated()
    file_name: str = reject_row()
    bytes: int = reject_row(ge=0)
    samples: int = reject_row(ge=0)
    samples_file: str = reject_row()
    rows_landed: int = reject_row(ge=0)
    fingerprint: str = reject_row()
    source_id: str = reject_row(unique=True)


def check_entity(relation, model: type[LandedRow]) -> pl.DataFrame:
    """Return the checked rows of an entity (see `ingest.contract.check`). Raises ContractError."""
    return check(relation, model)
