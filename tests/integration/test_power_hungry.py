"""The logs of Luccioni et al. 2024 from file to statistics: known answers, and the bundle beside the full archive."""

import csv

import duckdb
import pytest

from cradle.paths import PROJECT_ROOT
from tests.integration.real_files import SHARED, are_there

TABLE_2 = SHARED / "cases/power_hungry_table2.csv"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not are_there("power_hungry"), reason="the logs are not in ../shared/power"),
]
GROUPS = {
    "text classification": "text_classification",
    "extractive QA": "question_answering",
    "masked language modeling": "masked_language_modelling",
    "token classification": "token_classification",
    "image classification": "image_classification_resized",
    "object detection": "object_detection_resized",
    "text generation": "text_generation",
    "summarization": "summarisation",
    "image captioning": "image_captioning_resized",
    "image generation (8 models)": "image_generation_8_models",
    "image generation (10 models)": "image_generation",
}


def _one(con: duckdb.DuckDBPyConnection, sql: str) -> tuple:
    (row,) = con.execute(sql).fetchall()
    return row


def test_the_bundle_is_what_a_release_of_the_full_archive_holds(pulled_warehouse, tmp_path):
    from ingest import sidecar
    from ingest.release import write_release

    write_release(
        sidecar.find(["power_hungry"], sidecar.discover()), tmp_path, pulled_warehouse.with_name("landing.duckdb")
    )
    written = {file.name: file.read_bytes() for file in (tmp_path / "open").glob("*.csv")}
    assert len(written) == 2
    assert written == {name: (PROJECT_ROOT / "release/open" / name).read_bytes() for name in written}


@pytest.mark.parametrize(
    ("count", "sql"),
    [
        (13_370, "select count(*) from staging.stg_power_hungry__run_phases"),
        (6_513, "select count(distinct run_id) from staging.stg_power_hungry__run_phases"),
        (344, "select count(*) from staging.stg_power_hungry__run_phases where run_phase = 'transfer model to GPU'"),
        (4_170, "select count(*) from staging.stg_power_hungry__task_runs where inference_task is not null"),
        (56, "select count(distinct dataset_file) from staging.stg_power_hungry__task_runs"),
        # a run of a task has its phases; 2,343 runs belong to no task
        (0, "select count(*) from staging.stg_power_hungry__task_runs anti join staging.stg_power_hungry__run_phases"
            " using (run_id)"),
        (2_343, "select count(distinct run_id) from staging.stg_power_hungry__run_phases anti join"
                " staging.stg_power_hungry__task_runs using (run_id)"),
        (0, "select count(*) from contracts.power_hungry__run_phases where len(violations) > 0"),
        (0, "select count(*) from contracts.power_hungry__task_runs where len(violations) > 0"),
        (6, "select count(distinct run_id) from staging.stg_power_hungry__run_phases where iso_code = 'CAN'"),
        (30, "select count(*) from staging.stg_power_hungry__task_runs as runs inner join"
             " staging.stg_power_hungry__run_phases as phases using (run_id)"
             " where run_phase = 'query model' and runs.project != phases.project"),
    ],
)  # fmt: skip
def test_known_counts(pulled, count, sql):
    assert _one(pulled, sql) == (count,)


def _table_2() -> list[dict[str, str]]:
    with TABLE_2.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.skipif(not TABLE_2.is_file(), reason="the known answers are not in ../shared/cases")
def test_means_and_deviations_are_those_that_others_computed_from_the_logs(pulled):
    found = dict(
        pulled.execute("select statistic_id, value from intermediate.int_measurements__from_power_hungry").fetchall()
    )
    rows = _table_2()
    assert {row["task"] for row in rows} == set(GROUPS)
    for row in rows:
        group = f"power_hungry:{GROUPS[row['task']]}"
        assert round(found[f"{group}:mean"], 6) == float(row["mean_kwh_per_1000_recomputed_from_raw_logs"])
        assert round(found[f"{group}:standard_deviation"], 6) == float(row["std_recomputed"])


def test_the_sums_over_all_runs(pulled):
    found = dict(
        pulled.execute(
            "select statistic_id, round(value, 4) from intermediate.int_measurements__from_power_hungry"
            " where starts_with(statistic_id, 'power_hungry:all_runs:')"
        ).fetchall()
    )
    assert found == {
        "power_hungry:all_runs:energy": 1290.0429,
        "power_hungry:all_runs:gpu_energy": 754.6584,
        "power_hungry:all_runs:emissions": 178.9757,
        "power_hungry:all_runs:runs": 6513.0,
    }
