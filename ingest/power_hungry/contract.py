"""What a logged run must be. Every field says whether a violation rejects the row or voids the cell."""

import pandera.polars as pa
import polars as pl

from ingest.contract import check, reject_row, void_cell
from ingest.landed_row import LandedRow

RUN_ID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
TIME = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{1,2}:[0-9]{2}:[0-9]{2}$"
COMPONENTS = ("cpu_energy_kwh", "gpu_energy_kwh", "ram_energy_kwh")

# The components of a phase sum to its energy but for the last digits of binary numbers: at most 4e-15 kWh.
PHASE_TOLERANCE_KWH = 1e-12
# Six files of runs went through a spreadsheet, which left as few as six decimals: half a step of each of four numbers.
RUN_TOLERANCE_KWH = 2e-6


class _Log(LandedRow):
    """What both kinds of log say of a run. The bundle does without what may be null here and no number rests on."""

    run_id: str = reject_row(str_matches=RUN_ID)
    # CodeCarbon writes local time without a zone
    ended_at: str = void_cell(nullable=True, str_matches=TIME)
    duration_s: float = void_cell(nullable=True, ge=0)
    emissions_kgco2e: float = void_cell(ge=0)
    cpu_energy_kwh: float = void_cell(nullable=True, ge=0)
    gpu_energy_kwh: float = void_cell(ge=0)
    ram_energy_kwh: float = void_cell(nullable=True, ge=0)
    energy_kwh: float = void_cell(ge=0)
    iso_code: str = void_cell(nullable=True, str_matches=r"^[A-Z]{3}$")
    codecarbon_version: str = void_cell(nullable=True)
    cpu_name: str = void_cell(nullable=True)
    gpu_name: str = void_cell(nullable=True)
    tracking_mode: str = void_cell(nullable=True, isin=["machine", "process"])


class RunPhases(_Log):
    """One row a phase of a run (folder base): loading the model, moving it to the card, or answering 1,000 queries."""

    run_phase: str = reject_row(isin=["load model", "transfer model to GPU", "query model"])
    project: str = void_cell(nullable=True)

    @pa.check("run_phase", name="phase_once_a_run")
    def _phase_once_a_run(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~pl.struct("run_id", "run_phase").is_duplicated())

    # what does not add up loses all four, as nothing tells which one is wrong
    @pa.check(*COMPONENTS, "energy_kwh", name="components_add_up")
    def _components_add_up(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _add_up(data, PHASE_TOLERANCE_KWH)

    @pa.check("gpu_energy_kwh", "energy_kwh", name="gpu_is_part_of_energy")
    def _gpu_is_part_of_energy(self, data: pa.PolarsData) -> pl.LazyFrame:
        excess = pl.col("gpu_energy_kwh") - pl.col("energy_kwh")
        return data.lazyframe.select((excess <= PHASE_TOLERANCE_KWH).fill_null(True))


class TaskRuns(_Log):
    """One row a run of a task on a data set (folder complete), all its phases together."""

    dataset_file: str = reject_row()
    project: str = reject_row()
    emissions_kgco2e: float = void_cell(nullable=True, ge=0)
    gpu_energy_kwh: float = void_cell(nullable=True, ge=0)
    energy_kwh: float = void_cell(nullable=True, ge=0)
    pue: float = void_cell(nullable=True, ge=1)

    @pa.check("run_id", name="run_once")
    def _run_once(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~pl.col("run_id").is_duplicated())

    @pa.check(*COMPONENTS, "energy_kwh", name="components_add_up")
    def _components_add_up(self, data: pa.PolarsData) -> pl.LazyFrame:
        return _add_up(data, RUN_TOLERANCE_KWH)


def _add_up(data: pa.PolarsData, tolerance: float) -> pl.LazyFrame:
    # a missing component is a finding of its own, or left out of the bundle
    residual = pl.sum_horizontal(*COMPONENTS, ignore_nulls=False) - pl.col("energy_kwh")
    return data.lazyframe.select((residual.abs() <= tolerance).fill_null(True))


def check_run_phases(relation) -> pl.DataFrame:
    """Return the checked phases, all rows, each with its violations. Raises ContractError."""
    return check(relation, RunPhases)


def check_task_runs(relation) -> pl.DataFrame:
    """Return the checked runs of tasks, all rows, each with its violations. Raises ContractError."""
    return check(relation, TaskRuns)
