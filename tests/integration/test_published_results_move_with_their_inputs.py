"""The mutation test: each input moved by 1 % moves each published result as the published equations say.

The equations are written out here a second time, by hand, from the publication (Morand, Névéol, Ligozat 2024), so that
a result that is stored, or computed by something else than the general model, cannot follow them.
"""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from cradle.paths import PROJECT_ROOT

FILES = ["dbt_project.yml", "profiles.yml"]
FOLDERS = ["cradle", "dictionary", "docs/fields", "ingest", "macros", "models", "release", "seeds"]

DIE = {"GWP": 1.97, "PE": 26.5, "ADPe": 5.8e-07}
MEMORY_DIE = {"GWP": 2.2, "PE": 27.3, "ADPe": 6.3e-05}
GPU_BASE = {"GWP": 26.970966666666666, "PE": 156.0, "ADPe": 0.0170687302}
CPU_BASE = {"GWP": 9.14, "PE": 156.0, "ADPe": 0.0204}
RAM_BASE = {"GWP": 5.22, "PE": 74.0, "ADPe": 0.00169}
SSD_BASE = {"GWP": 6.34, "PE": 76.9, "ADPe": 0.000563}
PSU_PER_KG = {"GWP": 24.3, "PE": 352.0, "ADPe": 0.0083}
MAINBOARD = {"GWP": 66.1, "PE": 836.0, "ADPe": 0.00369}
ENCLOSURE = {"GWP": 150.0, "PE": 2200.0, "ADPe": 0.0202}
ASSEMBLY = {"GWP": 6.68, "PE": 68.6, "ADPe": 1.41e-06}
ELECTRICITY = {"GWP": 0.05128, "PE": 11.289, "ADPe": 4.86e-08}


def published_equations(p: dict[str, float]) -> dict[str, float]:
    """Results by the name of the printed quantity, in its printed unit, from parameters in their printed units."""

    def ram(gigabytes: float, modules: float, i: str) -> float:
        return gigabytes / p["memory_density"] * MEMORY_DIE[i] + modules * RAM_BASE[i]

    def gpu(i: str) -> float:
        return p["gpu_die_area"] * DIE[i] + GPU_BASE[i] + ram(p["gpu_memory"], 1, i)

    def server(i: str) -> float:
        return (
            p["cpus_per_node"] * (p["cpu_die_area"] * DIE[i] + CPU_BASE[i])
            + ram(p["memory_per_node"], p["memory_modules_per_node"], i)
            + p["ssd_per_node"] / p["ssd_density"] * MEMORY_DIE[i]
            + p["ssd_drives_per_node"] * SSD_BASE[i]
            + p["psu_per_node"] * p["psu_mass"] * PSU_PER_KG[i]
            + p["mainboards_per_node"] * MAINBOARD[i]
            + p["enclosures_per_node"] * ENCLOSURE[i]
            + p["assemblies_per_node"] * ASSEMBLY[i]
        )

    share = p["nodes"] * p["duration"] / (p["equipment_lifetime"] * p["hours_per_year"] * p["average_usage"])
    servers = {i: share * server(i) for i in ELECTRICITY}
    gpus = {i: share * p["gpus_per_node"] * gpu(i) for i in ELECTRICITY}
    embodied = {i: servers[i] + gpus[i] for i in ELECTRICITY}
    power_kw = (
        p["cpu_usage"] * p["cpus_per_node"] * p["cpu_tdp"] / 1000
        + p["gpu_usage"] * p["gpus_per_node"] * p["gpu_tdp"]
        + p["memory_power"] / 1000 * p["memory_per_node"]
    )
    dynamic_kwh = p["nodes"] * p["duration"] * power_kw
    all_kwh = dynamic_kwh * p["dynamic_ratio"]
    total = {i: embodied[i] + all_kwh * ELECTRICITY[i] for i in ELECTRICITY}
    return {
        "A100 SXM4 80GB manufacturing GWP": gpu("GWP"),
        "A100 SXM4 80GB manufacturing PE": gpu("PE"),
        "A100 SXM4 80GB manufacturing ADPe": gpu("ADPe"),
        "Embodied GWP of the servers": servers["GWP"] / 1000,
        "Embodied GWP of the GPUs": gpus["GWP"] / 1000,
        "Embodied GWP": embodied["GWP"] / 1000,
        "GWP of the dynamic electricity": dynamic_kwh * ELECTRICITY["GWP"] / 1000,
        "GWP of all electricity (direct)": all_kwh * ELECTRICITY["GWP"] / 1000,
        "GWP total": total["GWP"] / 1000,
        "Electricity": all_kwh / 1000,
        "PE total": total["PE"] / 1e6,
        "Embodied PE": embodied["PE"] / 1000,
        "Embodied ADPe": embodied["ADPe"],
        "ADPe of all electricity (direct)": all_kwh * ELECTRICITY["ADPe"],
        "ADPe total": total["ADPe"],
        "Persons for one year within the climate boundary": total["GWP"] / 985,
        "Persons for one year within the metals boundary": total["ADPe"] / 0.0317,
    }


def read(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames or []), list(reader)


def append(path: Path, rows: list[dict[str, str]]) -> None:
    fields, old = read(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows([*old, *({field: row.get(field, "") for field in fields} for row in rows)])


PARAMETERS = {
    row["parameter_name"]: float(row["value"])
    for row in read(PROJECT_ROOT / "seeds/service_models/parameters.csv")[1]
    if row["scenario_id"] == "bloom_mlca"
}


@pytest.fixture(scope="module")
def computed(tmp_path_factory) -> dict[tuple[str, str], float]:
    """(moved parameter or '', quantity) -> computed, from one build with a child scenario for each moved parameter."""
    project = tmp_path_factory.mktemp("project")
    for file in FILES:
        shutil.copy(PROJECT_ROOT / file, project / file)
    for folder in FOLDERS:
        shutil.copytree(PROJECT_ROOT / folder, project / folder)
    models = project / "seeds/service_models"
    expected = project / "seeds/published/published_values.csv"
    moved = list(PARAMETERS)
    append(
        models / "scenarios.csv",
        [
            {"scenario_id": f"moved_{n}", "model_id": "bloom_mlca", "parent_scenario_id": "bloom_mlca", "title": n}
            for n in moved
        ],
    )
    stated = {r["parameter_name"]: r for r in read(models / "parameters.csv")[1] if r["scenario_id"] == "bloom_mlca"}
    append(
        models / "parameters.csv",
        [
            {
                **stated[n],
                "parameter_id": f"moved_{n}",
                "scenario_id": f"moved_{n}",
                "value": repr(PARAMETERS[n] * 1.01),
            }
            for n in moved
        ],
    )
    printed = [row for row in read(expected)[1] if row["scenario_id"] == "bloom_mlca"]
    append(
        expected,
        [
            {**row, "scenario_id": f"moved_{n}", "published_value_id": f"{n}.{row['published_value_id']}"}
            for n in moved
            for row in printed
        ],
    )
    database = project / "out" / "cradle.duckdb"
    env = os.environ | {
        "CRADLE_DB": str(database),
        "DBT_TARGET_PATH": str(project / "target"),
        "DBT_LOG_PATH": str(project / "logs"),
    }
    run = subprocess.run(
        [
            sys.executable, "-m", "dbt.cli.main", "build", "-s", "+published_results",
            "--resource-type", "seed", "--resource-type", "model",
        ],
        cwd=project, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-2000:]
    with duckdb.connect(str(database.with_name("cradle.work.duckdb")), read_only=True) as con:
        found = con.execute("select scenario_id, quantity, computed from marts.published_results").fetchall()
    return {
        (scenario.removeprefix("moved_") if scenario.startswith("moved_") else "", quantity): value
        for scenario, quantity, value in found
        if scenario == "bloom_mlca" or scenario.startswith("moved_")
    }


def test_the_published_equations_give_what_the_marts_give(computed):
    for quantity, value in published_equations(PARAMETERS).items():
        assert computed["", quantity] == pytest.approx(value, rel=1e-12), quantity


@pytest.mark.parametrize("name", PARAMETERS)
def test_one_per_cent_more_of_an_input_moves_each_result_as_predicted(computed, name):
    before, after = published_equations(PARAMETERS), published_equations(PARAMETERS | {name: PARAMETERS[name] * 1.01})
    for quantity in before:
        change = computed[name, quantity] / computed["", quantity]
        assert change == pytest.approx(after[quantity] / before[quantity], rel=1e-12), quantity


def test_every_result_moves_with_some_input(computed):
    for quantity in published_equations(PARAMETERS):
        assert any(abs(computed[name, quantity] / computed["", quantity] - 1) > 1e-4 for name in PARAMETERS), quantity
