"""Boundaries that the user says: of all files or by pattern, and beside what a format says itself."""

import pytest

from cradle.errors import FetchError
from ingest.power.boundaries import boundaries_of
from ingest.power.traces import folder_of
from tests.unit.power.test_trace_landing import ask, take
from tests.unit.power.traces import write

NODE = """:::MLLOG {{"time_ms": 1700000000000, "key": "power_reading", "value": {}}}
:::MLLOG {{"time_ms": 1700000002000, "key": "power_reading", "value": {}}}
"""
SMI = "timestamp, power.draw [W]\n2024/05/01 10:00:00.250, 5.00\n2024/05/01 10:00:01.250, 5.00\n"
TOTALS = "timestamp,project_name,run_id,duration,emissions,energy_consumed\n2026-01-05T10:00:00,p,r,1,1,1\n"
BY_FOLDER = "*ac/*=node_ac, *dc/*=node_dc"
SAID = "select file_name, boundary, boundary_said_by from raw.power__channels order by all"


@pytest.fixture
def db(tmp_path):
    return tmp_path / "warehouse" / "landing.duckdb"


@pytest.fixture
def runs(tmp_path):
    write(tmp_path, {"runs/ac/node_1.txt": NODE.format(10, 10), "runs/dc/node_1.txt": NODE.format(9, 9)})
    return tmp_path / "runs"


def test_a_word_for_all_and_words_for_patterns():
    assert boundaries_of(None) == []
    assert boundaries_of("node_ac") == [("*", "node_ac")]
    assert boundaries_of(BY_FOLDER) == [("*ac/*", "node_ac"), ("*dc/*", "node_dc")]
    assert boundaries_of("run=3/*=chip") == [("run=3/*", "chip")]


@pytest.mark.parametrize("text", ["wall", "", "=node_ac", "*=wall", "a=node_ac,", "a=node_ac,chip", "node_ac,chip"])
def test_a_word_that_is_no_boundary(text):
    with pytest.raises(FetchError, match="--boundary"):
        boundaries_of(text)


def test_ac_and_dc_in_one_folder(db, runs):
    take(db, runs, boundary=BY_FOLDER)
    assert ask(db, SAID) == [("ac/node_1.txt", "node_ac", "user"), ("dc/node_1.txt", "node_dc", "user")]
    assert ask(db, "select boundary_said from raw.power__tables") == [(BY_FOLDER,)]


def test_a_file_that_no_pattern_reaches_stays_open(db, runs):
    take(db, runs, boundary="dc/*=node_dc")
    assert ask(db, SAID) == [("ac/node_1.txt", None, None), ("dc/node_1.txt", "node_dc", "user")]


@pytest.mark.parametrize(
    ("boundary", "says"),
    [
        ("ac/*=node_ac,cd/*=node_dc", "cd/*"),
        ("*=node_ac,dc/*=node_dc", "node_ac and node_dc of dc/node_1.txt"),
    ],
)
def test_patterns_that_do_not_fit_the_files(db, runs, boundary, says):
    with pytest.raises(FetchError, match="a boundary cannot be taken") as error:
        take(db, runs, boundary=boundary)
    assert says in error.value.got and list(folder_of(db).iterdir()) == []


def test_totals_of_runs_take_one_word_and_no_pattern(db, tmp_path):
    (file,) = write(tmp_path, {"emissions.csv": TOTALS})
    with pytest.raises(FetchError, match="without a pattern"):
        take(db, file, boundary="*.csv=node_ac")
    take(db, file, boundary="node_ac")
    assert ask(db, "select boundary from raw.power__run_totals") == [("node_ac",)]


def test_a_format_that_knows_its_boundary_is_not_overruled_in_silence(db, tmp_path, runs):
    write(runs, {"smi.csv": SMI})
    landed = take(db, runs, boundary="node_ac")
    assert [note for note in landed.notes if "--boundary" in note] == [
        "--boundary node_ac is not taken for 1 series of nvidia_smi, whose format says card: smi.csv"
    ]
    assert {boundary for _, boundary, _ in ask(db, SAID)} == {"card", "node_ac"}


def test_the_same_boundary_said_twice_needs_no_note(db, tmp_path):
    (file,) = write(tmp_path, {"smi.csv": SMI})
    assert not [note for note in take(db, file, boundary="card").notes if "--boundary" in note]
