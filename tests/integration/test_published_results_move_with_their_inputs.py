"""The mutation test: each input moved by 1 % moves each published result as the published equations say.

The equations are written out a second time, by hand, from the publications (`published_equations/`), so that a result
that is stored, or computed by something else than the general model, cannot follow them.
"""

import csv
import os
import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import duckdb
import pytest

from cradle.paths import PROJECT_ROOT
from tests.integration import published_equations
from tests.integration.project_copy import copy_of_project
from tests.integration.published_equations import jay, luccioni_2024_logs

COMES_OUT = {"recompute", "own_arithmetic"}  # kinds that have an equation: printed, or of a formula without a print
# scenario -> its published equations
STUDIES = {
    scenario: equations
    for module in pkgutil.iter_modules(published_equations.__path__)
    for scenario, equations in import_module(f"{published_equations.__name__}.{module.name}").EQUATIONS.items()
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


PARENTS = {
    row["scenario_id"]: row["parent_scenario_id"]
    for row in read(PROJECT_ROOT / "seeds/service_models/scenarios.csv")[1]
}
# a measured parameter stands in the seed by its statistic: its value is that of the study's own module
MEASURED = {key: repr(value) for key, value in luccioni_2024_logs.MEASURED.items()}
ROWS = read(PROJECT_ROOT / "seeds/service_models/parameters.csv")[1] + [
    {
        "scenario_id": row["scenario_id"],
        "parameter_name": row["parameter_name"],
        "value": MEASURED[row["statistic_id"]],
        "unit": "kgCO2e" if row["statistic_id"].endswith(":emissions") else "kWh",
        "kind": "estimated",
    }
    for row in read(PROJECT_ROOT / "seeds/service_models/parameter_measurements.csv")[1]
    if row["statistic_id"] in MEASURED
]


def _stated(scenario: str) -> dict[str, dict[str, str]]:
    """The parameters of a scenario by name, what it does not state from its parents."""
    inherited = _stated(PARENTS[scenario]) if PARENTS[scenario] else {}
    return inherited | {row["parameter_name"]: row for row in ROWS if row["scenario_id"] == scenario}


STATED = {scenario: _stated(scenario) for scenario in STUDIES}
PARAMETERS = {
    scenario: {name: float(row["value"]) for name, row in stated.items()} for scenario, stated in STATED.items()
}


class _Read(dict):
    """A dict that notes which of its keys are read."""

    def __init__(self, values: dict[str, float]) -> None:
        super().__init__(values)
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> float:
        self.names.add(name)
        return super().__getitem__(name)


def _inputs(scenario: str) -> list[str]:
    """The parameters that the published equations of a study take."""
    parameters = _Read(PARAMETERS[scenario])
    STUDIES[scenario](parameters)
    return sorted(parameters.names)


MOVES = [(scenario, name) for scenario in STUDIES for name in _inputs(scenario)]


@pytest.fixture(scope="module")
def computed(lend, tmp_path_factory) -> dict[tuple, float]:
    """(scenario, moved input or '', quantity) -> computed, from one build with a child scenario for each move."""
    project = copy_of_project(tmp_path_factory.mktemp("project"), example=False)
    _add_children(project / "seeds")
    database = project / "out" / "cradle.duckdb"
    lend(project / "target", database)
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
    moved = {_child(scenario, name): (scenario, name) for scenario, name in MOVES}
    moved |= {_moved(number): move for number, move in enumerate(jay.MEASURED_MOVES)}
    return {(*moved.get(scenario, (scenario, "")), quantity): value for scenario, quantity, value in found}


def _child(scenario: str, name: str) -> str:
    return f"moved_{scenario}_{name}"


def _add_children(seeds: Path) -> None:
    models = {row["scenario_id"]: row["model_id"] for row in read(seeds / "service_models/scenarios.csv")[1]}
    printed = [row for row in read(seeds / "published/published_values.csv")[1] if row["kind"] in COMES_OUT]
    scenarios, parameters, values = [], [], []
    for scenario, name in MOVES:
        child = {"scenario_id": _child(scenario, name)}
        scenarios.append(
            child | {"model_id": models[scenario], "parent_scenario_id": scenario, "title": child["scenario_id"]}
        )
        moved = repr(PARAMETERS[scenario][name] * 1.01)
        parameters.append(STATED[scenario][name] | child | {"parameter_id": child["scenario_id"], "value": moved})
        values += [
            row | child | {"published_value_id": f"{child['scenario_id']}.{row['published_value_id']}"}
            for row in printed
            if row["scenario_id"] == scenario
        ]
    for number, (scenario, key) in enumerate(jay.MEASURED_MOVES):
        child = {"scenario_id": _moved(number)}
        scenarios.append(
            child | {"model_id": models[scenario], "parent_scenario_id": scenario, "title": child["scenario_id"]}
        )
        values += [
            row | child | {"published_value_id": f"{child['scenario_id']}.{row['published_value_id']}"}
            for row in printed
            if row["scenario_id"] == scenario
        ]
        _move_measurement(seeds, number, scenario, key)
    append(seeds / "service_models/scenarios.csv", scenarios)
    append(seeds / "service_models/parameters.csv", parameters)
    append(seeds / "published/published_values.csv", values)


def _moved(number: int) -> str:
    return f"moved_measurement_{number}"


def _move_measurement(seeds: Path, number: int, scenario: str, key: tuple[str, str]) -> None:
    """The scenario's statistics once more, from copies of their series and comparisons in which one energy is moved."""
    folder, prefix = seeds / "measurements", f"moved_{number}_"
    statistics = [
        row for row in read(seeds / "service_models/parameter_measurements.csv")[1] if row["scenario_id"] == scenario
    ]
    groups = {row["statistic_id"].split(":")[0] for row in statistics}
    for file, group, identifier, energy, part in (
        ("measured_points.csv", "series_id", "point_id", "energy", "work_amount"),
        ("meter_readings.csv", "comparison_id", "reading_id", "tool_energy", "benchmark"),
    ):
        copies = []
        for row in read(folder / file)[1]:
            if row[group] not in groups:
                continue
            name = f"{row[group]}:{row['tool']}" if "tool" in row else row[group]
            factor = 1.01 if (name, row[part]) == key else 1.0
            copies.append(
                row
                | {group: prefix + row[group], identifier: prefix + row[identifier]}
                | {energy: repr(float(row[energy]) * factor)}
            )
        append(folder / file, copies)
    series = [row for row in read(folder / "measured_series.csv")[1] if row["series_id"] in groups]
    names = [{name: prefix + row[name] for name in ("series_id", "compared_series_id")} for row in series]
    append(folder / "measured_series.csv", [row | new for row, new in zip(series, names, strict=True)])
    append(
        seeds / "service_models/parameter_measurements.csv",
        [row | {"scenario_id": _moved(number), "statistic_id": prefix + row["statistic_id"]} for row in statistics],
    )


@pytest.mark.parametrize("scenario", jay.MEASURED)
def test_the_published_equations_of_measured_inputs_give_what_the_marts_give(computed, scenario):
    equations, inputs, _ = jay.MEASURED[scenario]
    for quantity, value in equations(inputs).items():
        assert computed[scenario, "", quantity] == pytest.approx(value, rel=1e-9), quantity


@pytest.mark.parametrize(("scenario", "key"), jay.MEASURED_MOVES)
def test_one_per_cent_more_of_a_measured_energy_moves_each_result_as_predicted(computed, scenario, key):
    equations, inputs, _ = jay.MEASURED[scenario]
    before, after = equations(inputs), equations(inputs | {key: inputs[key] * 1.01})
    assert before != after
    for quantity in before:
        change = computed[scenario, key, quantity] / computed[scenario, "", quantity]
        assert change == pytest.approx(after[quantity] / before[quantity], rel=1e-9), quantity


@pytest.mark.parametrize("scenario", STUDIES)
def test_the_published_equations_give_what_the_marts_give(computed, scenario):
    for quantity, value in STUDIES[scenario](PARAMETERS[scenario]).items():
        assert computed[scenario, "", quantity] == pytest.approx(value, rel=1e-12), quantity


@pytest.mark.parametrize(("scenario", "name"), MOVES)
def test_one_per_cent_more_of_an_input_moves_each_result_as_predicted(computed, scenario, name):
    equations, inputs = STUDIES[scenario], PARAMETERS[scenario]
    before, after = equations(inputs), equations(inputs | {name: inputs[name] * 1.01})
    for quantity in before:
        change = computed[scenario, name, quantity] / computed[scenario, "", quantity]
        assert change == pytest.approx(after[quantity] / before[quantity], rel=1e-12), quantity


@pytest.mark.parametrize("scenario", STUDIES)
def test_every_recomputed_result_has_an_equation_and_moves_with_some_input(computed, scenario):
    printed = read(PROJECT_ROOT / "seeds/published/published_values.csv")[1]
    quantities = {r["quantity"] for r in printed if r["scenario_id"] == scenario and r["kind"] in COMES_OUT}
    assert quantities == set(STUDIES[scenario](PARAMETERS[scenario]))
    names = [name for of, name in MOVES if of == scenario]
    for quantity in quantities:
        base = computed[scenario, "", quantity]
        assert any(abs(computed[scenario, name, quantity] / base - 1) > 1e-4 for name in names), quantity


def test_every_recomputed_result_of_a_scenario_has_an_equation():
    printed = read(PROJECT_ROOT / "seeds/published/published_values.csv")[1]
    scenarios = {r["scenario_id"] for r in printed if r["kind"] in COMES_OUT}
    assert scenarios <= {*STUDIES, *jay.MEASURED}
