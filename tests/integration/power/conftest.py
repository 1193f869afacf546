"""All folders of ../shared/power, each landed by one command, and one build of what measured_energy needs."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from cradle.paths import PROJECT_ROOT
from tests.unit.power.traces import SHARED

# what SOURCE.md says is missing from the files, and nothing else
FOLDERS = {
    "boamps": (),
    "codecarbon": (),
    "grid5000_kwollect_ccgrid2023": ("--timezone", "Europe/Paris"),
    "kepler-prometheus": (),
    "macos-powermetrics": (),
    "mlperf-inference-power": (),
    "mlperf-tiny-energy": ("--boundary", "chip"),
    "mlperf-training-power": (),
    "nvidia-smi": ("--timezone", "Europe/London"),
    "scaphandre-json": (),
    "zeus": (),
}
Run = Callable[..., subprocess.CompletedProcess]


def run_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run a Python module with its warehouse and dbt's files in the folder."""
    env = {
        "CRADLE_DB": str(folder / "cradle.duckdb"),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
        "DBT_PROFILES_DIR": str(PROJECT_ROOT),
    }
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=PROJECT_ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )


def build_energy(folder: Path, *words: str) -> subprocess.CompletedProcess:
    """Build marts.measured_energy and what it needs, with the tests that need no other model."""
    only = ("--select", "+measured_energy", "--indirect-selection", "cautious", "--exclude-resource-type", "unit_test")
    return run_in(folder, "dbt.cli.main", "build", *only, *words)


@pytest.fixture(scope="session")
def measured_warehouse(once) -> Path:
    """The work file after all folders were pulled and marts.measured_energy was built."""
    if not all((SHARED / name).is_dir() for name in FOLDERS):
        pytest.skip("the folders of traces are not in ../shared/power")

    def make(folder: Path) -> None:
        for name, words in FOLDERS.items():
            done = run_in(folder, "cradle.cli", "pull", "power", "--file", str(SHARED / name), *words)
            assert done.returncode == 0, f"{name}: {done.stderr}"
        done = build_energy(folder)
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-6000:]

    return once("measured", make) / "cradle.work.duckdb"


@pytest.fixture(scope="module")
def measured(measured_warehouse) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(measured_warehouse), read_only=True) as con:
        yield con
