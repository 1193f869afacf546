"""All folders of ../shared/power, each landed by one command, and one build of what measured_energy needs."""

import csv
import json
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from tests.integration.run_module import run_in
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
    "mlperf-training-power": ("--boundary", "*smc-ac-power/*=node_ac,*smc-dc-power/*=node_dc"),
    "nvidia-smi": ("--timezone", "Europe/London"),
    "scaphandre-json": (),
    "zeus": (),
}
GRID5000 = "grid5000_kwollect_ccgrid2023"


def grid5000_windows() -> str:
    """The runs of which SOURCE.md states the energy, from the tables beside the traces: meters log a whole night."""
    (campaign,) = (SHARED / GRID5000).glob("CPU/3-solutions-compare*2022-03-31*")
    experiments = json.loads((campaign / "experiments.json").read_text("utf-8"))["experiments"]
    (powerapi,) = (experiment for experiment in experiments if experiment["name"] == "PowerAPI")
    rows = [
        f"{run['name'][:2]},{run['start_time']},{run['end_time']},CPU/{campaign.name}/kwollect-powerapi*"
        for run in powerapi["benchmarks"]
    ]
    # CodeCarbon stamps the end of a run, in local time
    with (SHARED / GRID5000 / "GPU/GPU_20_04/998_0/emissions.csv").open(encoding="utf-8", newline="") as stream:
        (run,) = (row for row in csv.DictReader(stream) if row["run_id"].startswith("201f2ec4"))
    end = datetime.fromisoformat(run["timestamp"])
    begin = end - timedelta(seconds=float(run["duration"]))
    rows.append(f"run_998_0_2,{begin},{end},GPU/GPU_20_04/g5k_metrics.csv")
    return "\n".join(["window_name,begin,end,file", *rows, ""])


def build_energy(folder: Path, *words: str) -> subprocess.CompletedProcess:
    """Build measured_energy, measured_runs and what they need, with the tests that need no other model."""
    only = ("--select", "+measured_runs", "--indirect-selection", "cautious", "--exclude-resource-type", "unit_test")
    return run_in(folder, "dbt.cli.main", "build", *only, *words)


@pytest.fixture(scope="session")
def measured_warehouse(once, lend) -> Path:
    """The work file after all folders were pulled and marts.measured_energy was built."""
    if not all((SHARED / name).is_dir() for name in FOLDERS):
        pytest.skip("the folders of traces are not in ../shared/power")

    def make(folder: Path) -> None:
        windows = folder / "windows.csv"
        windows.write_text(grid5000_windows())
        for name, words in FOLDERS.items():
            if name == GRID5000:
                words = (*words, "--windows", str(windows))
            done = run_in(folder, "cradle.cli", "pull", "power", "--file", str(SHARED / name), *words)
            assert done.returncode == 0, f"{name}: {done.stderr}"
        lend(folder / "target", folder / "cradle.duckdb")
        done = build_energy(folder)
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-6000:]

    return once("measured", make) / "cradle.work.duckdb"


@pytest.fixture(scope="module")
def measured(measured_warehouse) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(measured_warehouse), read_only=True) as con:
        yield con
