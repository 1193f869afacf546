"""What the bundled release takes: every row, with the columns that the published results rest on."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

# 17,540 rows of one file: the lineage would be more than half of the bundle
TOLD_ONCE = ("source_id", "release_id", "file_sha256")
LINEAGE = ("source_id", "release_id", "file_sha256", "row_number")
TAKEN = {
    "run_phases": ("run_id", "run_phase", "gpu_energy_kwh", "energy_kwh", "emissions_kgco2e", *LINEAGE),
    "task_runs": ("dataset_file", "project", "run_id", *LINEAGE),
}


def select(landed: dict[str, "pl.DataFrame"]) -> dict[str, "pl.DataFrame"]:
    """Return the bundled columns of each landed frame, cells unchanged."""
    return {entity: landed[entity].select(columns) for entity, columns in TAKEN.items()}
