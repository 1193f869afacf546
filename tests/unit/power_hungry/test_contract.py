"""Each rule of the contracts: what breaks it, which cell is named, and whether the row or the cell goes."""

import polars as pl
import pytest

from ingest.power_hungry.contract import check_run_phases, check_task_runs
from tests.unit.power_hungry.conftest import A

ALL_FOUR = {"cpu_energy_kwh", "gpu_energy_kwh", "ram_energy_kwh", "energy_kwh"}


def findings(frame: pl.DataFrame) -> set[tuple[int, str, str, str]]:
    found = frame.select("row_number", "violations").explode("violations").drop_nulls()
    return {
        (row["row_number"], v["column_name"], v["check_name"], v["severity"])
        for row in found.to_dicts()
        for v in [row["violations"]]
    }


def changed(frame: pl.DataFrame, row_number: int, **cells: str | None) -> pl.DataFrame:
    here = pl.col("row_number") == row_number
    return frame.with_columns(**{c: pl.when(here).then(pl.lit(v)).otherwise(pl.col(c)) for c, v in cells.items()})


def test_sound_rows_have_no_violations_and_are_typed(landed):
    phases, runs = check_run_phases(landed["run_phases"]), check_task_runs(landed["task_runs"])
    assert findings(phases) == findings(runs) == set()
    assert phases["energy_kwh"].to_list() == [1.0, 2.0, 1.0, 0.5, 4.0]
    assert phases["emissions_kgco2e"].to_list() == [0.1, 0.2, 0.1, 0.05, 0.4]
    assert runs["pue"].to_list() == [1.0]


def test_columns_that_the_bundle_does_without_may_be_null(landed):
    from ingest.power_hungry.release import TAKEN

    for entity, check in (("run_phases", check_run_phases), ("task_runs", check_task_runs)):
        frame = landed[entity]
        gone = {c: pl.lit(None, dtype=pl.String) for c in frame.columns if c not in TAKEN[entity]}
        assert findings(check(frame.with_columns(**gone))) == set()


@pytest.mark.parametrize(
    ("cells", "column", "check"),
    [
        ({"run_id": None}, "run_id", "not_nullable"),
        ({"run_id": "a run"}, "run_id", "str_matches"),
        ({"run_phase": None}, "run_phase", "not_nullable"),
        ({"run_phase": "think"}, "run_phase", "isin"),
    ],
)
def test_what_rejects_a_phase(landed, cells, column, check):
    frame = check_run_phases(changed(landed["run_phases"], 1, **cells))
    assert frame.height == 5
    found = findings(frame)
    assert any((r, c, s) == (1, column, "reject_row") and name.startswith(check) for r, c, name, s in found)
    assert {row for row, *_ in found} == {1}


def test_a_phase_that_is_there_twice_is_rejected_both_times(landed):
    found = findings(check_run_phases(changed(landed["run_phases"], 2, run_phase="load model")))
    assert found == {(row, "run_phase", "phase_once_a_run", "reject_row") for row in (1, 2)}


def test_a_run_that_is_in_two_files_is_rejected_both_times(landed):
    runs = landed["task_runs"]
    twice = pl.concat([runs, runs.with_columns(row_number=pl.lit(2, dtype=pl.Int64), dataset_file=pl.lit("qa_x"))])
    assert findings(check_task_runs(twice)) == {(row, "run_id", "run_once", "reject_row") for row in (1, 2)}


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("energy_kwh", "-1"), ("energy_kwh", "NaN"), ("energy_kwh", "inf"), ("energy_kwh", "1,0"), ("energy_kwh", None),
        ("energy_kwh", "1e999"), ("gpu_energy_kwh", None), ("gpu_energy_kwh", "-0.5"), ("emissions_kgco2e", "-1"),
        ("emissions_kgco2e", "some"), ("duration_s", "-1"), ("ended_at", "yesterday"), ("tracking_mode", "both"),
        ("iso_code", "us"),
    ],
)  # fmt: skip
def test_what_voids_a_cell(landed, column, text):
    frame = check_run_phases(changed(landed["run_phases"], 1, **{column: text}))
    assert frame.filter(row_number=1)[column].to_list() == [None]
    found = findings(frame)
    assert any((row, name) == (1, column) for row, name, *_ in found)
    assert {severity for *_, severity in found} == {"void_cell"}


def test_energies_that_do_not_add_up_are_all_emptied(landed):
    frame = check_run_phases(changed(landed["run_phases"], 2, energy_kwh="2.001"))
    assert findings(frame) == {(2, column, "components_add_up", "void_cell") for column in ALL_FOUR}
    assert frame.filter(row_number=2).select(ALL_FOUR).row(0) == (None,) * 4


def test_cards_that_take_more_than_the_whole_are_emptied_without_the_other_components(landed):
    cells = {"cpu_energy_kwh": None, "ram_energy_kwh": None, "gpu_energy_kwh": "2.5"}
    found = findings(check_run_phases(changed(landed["run_phases"], 2, **cells)))
    assert found == {(2, c, "gpu_is_part_of_energy", "void_cell") for c in ("gpu_energy_kwh", "energy_kwh")}


def test_a_spreadsheet_may_cut_digits_of_runs_and_no_more(landed):
    assert findings(check_task_runs(changed(landed["task_runs"], 1, cpu_energy_kwh="0.7500010"))) == set()
    found = findings(check_task_runs(changed(landed["task_runs"], 1, cpu_energy_kwh="0.75001")))
    assert found == {(1, column, "components_add_up", "void_cell") for column in ALL_FOUR}
    assert landed["task_runs"]["run_id"].to_list() == [A]
