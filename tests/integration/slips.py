"""Natural slips when a study is added, and the build of a project that holds them beside the errors of peers."""

import csv
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.integration.gates.models_of_peers import SEEDS
from tests.integration.project_copy import copy_of_project

# dbt does not build on what failed a test: the layer is where a slip would stop the build.
# Each: layer, file, the row it resembles, what differs, what must be named.
RECOMPUTED = "recomputed_results_are_inside_print_rounding"
IN_SEEDS, IN_PARAMETERS, IN_FLOWS, IN_FACTORS = "seeds", "parameters", "flows", "factors"
SLIPS = {
    "per node instead of per card": (
        IN_FLOWS,
        "service_models/parameters.csv",
        {"parameter_name": "gpu_die_area"},
        {"parameter_id": "s1", "scenario_id": "slip", "unit": "cm**2/node"},
        ["units_of_terms_give_the_unit_of_their_flow", "flow_id bloom_mlca.gpu_die"],
    ),
    "years given in hours": (
        IN_PARAMETERS,
        "service_models/parameters.csv",
        {"parameter_name": "equipment_lifetime"},
        {"parameter_id": "s2", "scenario_id": "slip", "value": "26280", "unit": "h"},
        ["units_of_inputs_give_the_unit_of_their_derivation", "parameter_name allocated_nodes"],
    ),
    "a misspelt parameter": (
        IN_PARAMETERS,
        "service_models/parameters.csv",
        {"parameter_name": "duration"},
        {"parameter_id": "s3", "scenario_id": "slip", "parameter_name": "duratoin"},
        ["stated_parameters_are_used", "parameter_name duratoin"],
    ),
    "an unknown unit": (
        IN_SEEDS,
        "service_models/parameters.csv",
        {"parameter_name": "nodes"},
        {"parameter_id": "s4", "scenario_id": "slip", "unit": "furlong"},
        ["relationships_parameters_unit", "furlong"],
    ),
    "a range the wrong way round": (
        IN_SEEDS,
        "service_models/parameters.csv",
        {"parameter_name": "psu_mass"},
        {"parameter_id": "s5", "scenario_id": "slip", "low": "9", "high": "1"},
        ["ordered_range_parameters", "parameter_id s5"],
    ),
    "no number": (
        IN_SEEDS,
        "service_models/parameters.csv",
        {"parameter_name": "gpu_usage"},
        {"parameter_id": "s6", "scenario_id": "slip", "value": "nan"},
        ["columns_of_parameters_are_sound", "check_name finite, column_name value, value_found nan"],
    ),
    "a number without its unit and its place in the source": (
        IN_SEEDS,
        "service_models/parameters.csv",
        {"parameter_name": "gpu_usage"},
        {"parameter_id": "s10", "scenario_id": "slip", "unit": "", "locator": ""},
        ["check_name not_null, column_name unit locator, value_found None, occurrences 1, first_key s10"],
    ),
    "a row pasted twice": (
        IN_SEEDS,
        "service_models/parameters.csv",
        {"parameter_name": "gpu_usage"},
        {"parameter_id": "s6", "scenario_id": "slip"},
        ["check_name unique, column_name parameter_id, value_found s6, occurrences 2"],
    ),
    "a kind of number that there is not": (
        IN_SEEDS,
        "service_models/parameters.csv",
        {"parameter_name": "gpu_usage"},
        {"parameter_id": "s11", "scenario_id": "slip", "kind": "guessed"},
        ["check_name accepted_values, column_name kind, value_found guessed"],
    ),
    "a value beside another printed number": (
        IN_SEEDS,
        "service_models/parameters.csv",
        {"parameter_name": "gpu_tdp"},
        {"parameter_id": "s7", "scenario_id": "slip", "value": "4"},
        ["printed_numbers_are_the_values", "row_id s7"],
    ),
    "a share in percent": (
        IN_PARAMETERS,
        "service_models/parameters.csv",
        {"parameter_name": "average_usage"},
        {"parameter_id": "s8", "scenario_id": "slip", "value": "85", "as_printed": "85 %"},
        ["parameters_are_plausible", "parameter_name average_usage"],
    ),
    "a range below zero in a product": (
        IN_PARAMETERS,
        "service_models/parameters.csv",
        {"parameter_name": "psu_mass"},
        {"parameter_id": "s9", "scenario_id": "slip", "low": "-1", "high": "4"},
        ["products_are_of_ranges_above_zero", "parameter_name psu_mass"],
    ),
    "an overhead of data centres on a terminal": (
        IN_FLOWS,
        "service_models/flow_terms.csv",
        {"flow_id": "sd_service.smartphone_electricity", "parameter_name": "smartphone_time"},
        {"parameter_name": "pue"},
        ["no_overhead_outside_of_data_centres", "flow_id sd_service.smartphone_electricity"],
    ),
    "a rule for a source that is not there": (
        IN_FLOWS,
        "factors/factor_set_rules.csv",
        {"factor_set_id": "open_default", "rank": "1"},
        {"rank": "99", "source_id": "falk_2052"},
        ["factor_set_rules_find_factors", "source_id falk_2052"],
    ),
    "a period the wrong way round": (
        IN_PARAMETERS,
        "service_models/scenarios.csv",
        {"scenario_id": "bloom_mlca_open"},
        {"scenario_id": "slip_period", "period_start": "2024-06-30", "period_end": "2024-01-01"},
        ["periods_end_after_they_begin", "scenario_id slip_period"],
    ),
    "a misspelt role": (
        IN_FLOWS,
        "service_models/scenario_geographies.csv",
        {"scenario_id": "bloom_mlca"},
        {"scenario_id": "slip", "geography_role": "datacentre"},
        ["geography_roles_match", "geography_role datacentre"],
    ),
    "a misspelt term": (
        IN_PARAMETERS,
        "service_models/flow_terms.csv",
        {"flow_id": "bloom_mlca.psu", "parameter_name": "allocated_nodes"},
        {"parameter_name": "alocated_nodes"},
        ["flow_terms_name_known_parameters", "parameter_name alocated_nodes"],
    ),
    "an exponential of a number with a unit": (
        IN_PARAMETERS,
        "service_models/derived_parameter_inputs.csv",
        {"model_id": "llm_request", "parameter_name": "batch_effect"},
        {"input_name": "output_tokens"},
        ["units_of_inputs_give_the_unit_of_their_derivation", "parameter_name batch_effect"],
    ),
    "rounded up from another unit": (
        IN_PARAMETERS,
        "service_models/derived_parameter_inputs.csv",
        {"model_id": "llm_request", "parameter_name": "whole_gpus"},
        {"input_name": "model_memory"},
        ["units_of_inputs_give_the_unit_of_their_derivation", "parameter_name whole_gpus"],
    ),
    "two references for one request": (
        IN_SEEDS,
        "requests/request_cases.csv",
        {"request_case_id": "llama_2_70b_400_tokens"},
        {"scenario_id": "slip"},
        ["request_cases_have_one_reference", "request_case_id llama_2_70b_400_tokens"],
    ),
    "what a study counts, under another name of the study": (
        IN_SEEDS,
        "published/published_boundaries.csv",
        {"study_id": "jay_sd_repository", "quantity_pattern": "Eq%"},
        {"study_id": "jay_sd_repo"},
        ["boundaries_are_of_studies_with_published_values", "from_field jay_sd_repo"],
    ),
    "a printed result under another name than that of its study": (
        IN_FACTORS,
        "published/published_values.csv",
        {"published_value_id": "hf_sd_card.01"},
        {"published_value_id": "slip.01", "study_id": "hf_sd_card"},
        ["studies_of_published_values_are_sources", "from_field hf_sd_card"],
    ),
    "an overhead applied twice": (
        IN_FLOWS,
        "service_models/boundary_terms.csv",
        {"parameter_name": "overhead_ratio"},
        {"parameter_name": "dynamic_ratio"},
        ["pue_applied_once", "flow_id bloom_mlca.overhead_electricity"],
    ),
    "less primary energy than electricity": (
        IN_FACTORS,
        "factors/study_factors.csv",
        {"factor_id": "morand_2024_mlca:electricity.total:PE:FRA"},
        {"factor_id": "slip", "geography_id": "DEU", "value": "2.5"},
        ["bundled_factors_pass_the_gates", "gate_id primary_energy_covers_electricity, factor_id slip"],
    ),
    "a correction of what upstream no longer prints": (
        IN_FACTORS,
        "corrections/corrections.csv",
        {},
        {
            "correction_id": "slip",
            "source_id": "ademe_base_carbone",
            "entity": "lines",
            "record_key": "24305",
            "field": "unit_fr",
            "action": "set_value",
            "expected_sha256": hashlib.sha256(b"kgCO2e/MWh").hexdigest(),
            "corrected_as": "kgCO2e/kWh",
            "reason": "r",
            "correction_source": "c",
            "status": "active",
            "locator": "l",
            "licence_id": "etalab-2.0",
        },
        ["corrections_meet_what_upstream_prints", "correction_id slip"],
    ),
}


def add(path: Path, like: dict[str, str], changes: dict[str, str]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        fields, rows = list(reader.fieldnames or []), list(reader)
    model = next(row for row in rows if all(row[key] == value for key, value in like.items())) if like else {}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows([*rows, {**model, **changes}])


def project_with(layers: list[str], folder: Path) -> Path:
    """A copy of this project with the slips of some layers in its seeds."""
    copy_of_project(folder, example=False)
    add(folder / "seeds/service_models/scenarios.csv", {"scenario_id": "bloom_mlca_open"}, {"scenario_id": "slip"})
    for kind, path, like, changes, _ in SLIPS.values():
        if kind in layers:
            add(folder / "seeds" / path, like, changes)
    return folder


def run(project: Path, code: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", f"import sys, pathlib, cradle.paths as p; p.PROJECT_ROOT = pathlib.Path.cwd()\n{code}"],
        cwd=project,
        env={key: value for key, value in os.environ.items() if not key.startswith(("CRADLE_", "DBT_"))},
        capture_output=True,
        text=True,
        check=False,
    )


def judge(folder: Path, lend: Callable[..., None]) -> None:
    """Write found.json: test -> all rows that it finds of the slips of the later layers and of the peers' errors.

    A build would stop at the first layer; here the models that the tests judge are made without tests, and then the
    tests run.
    """
    project = project_with([IN_PARAMETERS, IN_FLOWS, IN_FACTORS], folder)
    lend(project / "target")
    for path, rows in SEEDS.items():
        for row in rows:
            add(project / "seeds" / path, {}, row)
    names = sorted({slip[4][0] for slip in SLIPS.values() if slip[0] != IN_SEEDS} | {RECOMPUTED})
    tests = [*names, *(f"test_name:{name}" for name in names)]
    code = f"""
import json
import duckdb
from dbt.cli.main import dbtRunner
from cradle.build import _close_connections
manifest = dbtRunner().invoke(["--quiet", "parse"]).result
models = ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
needed = ["+" + test for test in {tests!r}]
built = dbtRunner(manifest=manifest).invoke(["--quiet", "build", *models, "--select", *needed])
assert built.success, built.exception or [r.message for r in built.result.results if r.status == "error"]
judged = dbtRunner(manifest=manifest).invoke(["--quiet", "test", "--select", *{tests!r}])
_close_connections()
found = {{}}
with duckdb.connect("warehouse/cradle.work.duckdb", read_only=True) as con:
    for result in (result for result in judged.result.results if result.node.resource_type == "test"):
        rows = con.execute(result.node.compiled_code)
        columns = [column[0] for column in rows.description]
        found[result.node.name] = [dict(zip(columns, row)) for row in rows.fetchall()]
pathlib.Path("found.json").write_text(json.dumps(found, default=str))
"""
    done = run(project, code)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-6000:]


def found(folder: Path) -> dict[str, list[dict]]:
    """What `judge` wrote."""
    return json.loads((folder / "found.json").read_text(encoding="utf-8"))


def rows_of(found: dict[str, list[dict]], test: str) -> list[dict]:
    """The rows of a test; a generic one has the name of what it judges behind its own."""
    (rows,) = [rows for name, rows in found.items() if name.startswith(test)]
    return rows
