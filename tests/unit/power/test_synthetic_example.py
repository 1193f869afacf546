"""The synthetic traces are what their script makes, say that no meter was read, and land with their runs."""

import shutil
import sys
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from cradle.cli import app
from cradle.errors import LandError
from cradle.paths import PROJECT_ROOT
from ingest.overview import COLUMNS, overview
from ingest.parts import remove_part
from ingest.power.example import SET, land_example
from ingest.power.said import declare
from ingest.power.take import take_traces
from ingest.sidecar import discover, find

EXAMPLE = Path(__file__).parents[3] / "examples" / "power"


def test_the_traces_are_what_the_script_makes(tmp_path, monkeypatch):
    again = tmp_path / "power"
    shutil.copytree(EXAMPLE, again, ignore=shutil.ignore_patterns("*.csv"))
    monkeypatch.syspath_prepend(str(again))
    monkeypatch.delitem(sys.modules, "make_traces", raising=False)
    import make_traces

    make_traces.main()
    made = {file.relative_to(again): file.read_bytes() for file in again.rglob("*.csv")}
    assert made == {file.relative_to(EXAMPLE): file.read_bytes() for file in EXAMPLE.rglob("*.csv")}


def test_one_command_lands_them_with_a_window_for_each_run(tmp_path, monkeypatch):
    monkeypatch.setenv("CRADLE_DB", str(tmp_path / "cradle.duckdb"))
    asked = [
        "--file",
        str(EXAMPLE / "traces"),
        "--windows",
        str(EXAMPLE / "windows.csv"),
        "--table",
        "synthetic_example",
    ]
    told = CliRunner().invoke(app, ["pull", "power", *asked, "--licence", "CC0-1.0", "--redistributable", "yes"])
    assert told.exit_code == 0, told.output
    with duckdb.connect(str(tmp_path / "landing.duckdb"), read_only=True) as con:
        (licence,) = con.execute("select licence_id from raw.power__tables").fetchone()
        runs = con.execute("select run_id from raw.power__windows").fetchall()
        work = con.execute("select window_name, task, work_unit, quantity from raw.power__work order by 1").fetchall()
        channels = con.execute("select instrument, is_measured from raw.power__channels").fetchall()
    assert licence == "CC0-1.0"
    assert Counter(run.split("_")[1] for (run,) in runs) == {"training": 18, "inference": 21}
    assert len(work) == len(runs) and {unit for _, _, unit, _ in work} == {"image", "step"}
    assert ("synthetic_training_50_steps_3", "synthetic_training", "step", "50.0") in work
    assert channels == [("synthetic numbers, no meter", "false")] * 2


def test_a_run_takes_the_energy_of_the_rule():
    rows = [line.split(",") for line in (EXAMPLE / "windows.csv").read_text(encoding="utf-8").splitlines()[1:]]
    trace = dict(line.split(",") for line in (EXAMPLE / "traces/synthetic_training.csv").read_text().splitlines()[1:])
    times = list(trace)
    for name, _, file, begin, end, *_ in rows:
        if file != "synthetic_training.csv":
            continue
        powers = [float(trace[at]) for at in times[times.index(begin) : times.index(end)]]
        assert sum(powers) == pytest.approx(15 * 200 + int(name.split("_")[2]) * 0.2 * 420, rel=0.02)


def test_a_build_lands_the_example_once_and_leaves_it_out_once_it_was_removed(tmp_path):
    db = tmp_path / "landing.duckdb"

    def sets():
        with duckdb.connect(str(db), read_only=True) as con:
            if not con.execute("select 1 from duckdb_tables() where table_name = 'power__tables'").fetchall():
                return []
            return con.execute("select source_id, title, licence_id, file_name from raw.power__tables").fetchall()

    land_example(db)
    there = [
        ("power:synthetic_example", "Synthetic power traces: no meter was read", "CC0-1.0", "examples/power/traces")
    ]
    assert sets() == there
    shown = {row[0]: dict(zip(COLUMNS, row, strict=True))["state"] for row in overview(PROJECT_ROOT, db)}
    assert shown["power:synthetic_example"] == "example: Synthetic power traces: no meter was read"
    assert shown["power"] == "none of yours; an example below"
    land_example(db)
    assert sets() == there
    (sidecar,) = find(["power"], discover())
    remove_part(sidecar, "synthetic_example", db)
    land_example(db)
    assert sets() == []


def test_a_set_of_the_users_own_with_the_name_of_the_example_stays(tmp_path):
    db, mine = tmp_path / "landing.duckdb", tmp_path / "mine.csv"
    mine.write_text("when,w\n2026-01-05T10:00:00Z,1\n2026-01-05T10:00:01Z,2\n")
    mine.with_name("mine.csv.mapping.yml").write_text("time: {column: when}\nvalues: [{column: w, unit: W}]\n")
    (sidecar,) = find(["power"], discover())
    take_traces(sidecar, [mine], declare([mine], table=SET), db)
    land_example(db)
    with duckdb.connect(str(db), read_only=True) as con:
        assert con.execute("select file_name from raw.power__tables").fetchall() == [(str(mine),)]
    shown = {row[0]: dict(zip(COLUMNS, row, strict=True))["state"] for row in overview(PROJECT_ROOT, db)}
    assert shown["power:synthetic_example"].startswith("your file: ")


@pytest.mark.parametrize("with_another", [False, True])
def test_the_example_of_an_older_version_is_landed_anew_where_nothing_else_would_be_lost(tmp_path, with_another):
    db, mine = tmp_path / "landing.duckdb", tmp_path / "mine.csv"
    land_example(db)
    if with_another:
        mine.write_text("when,w\n2026-01-05T10:00:00Z,1\n2026-01-05T10:00:01Z,2\n")
        mine.with_name("mine.csv.mapping.yml").write_text("time: {column: when}\nvalues: [{column: w, unit: W}]\n")
        (sidecar,) = find(["power"], discover())
        take_traces(sidecar, [mine], declare([mine], table="mine"), db)
    with duckdb.connect(str(db)) as con:
        con.execute("alter table raw.power__channels drop column is_in_order")
        con.execute("update raw.power__tables set fingerprint = 'of an older version'")
    if with_another:
        with pytest.raises(LandError, match="other columns than this version"):
            land_example(db)
    else:
        land_example(db)
        with duckdb.connect(str(db), read_only=True) as con:
            assert con.execute("select bool_and(is_in_order = 'true') from raw.power__channels").fetchone() == (True,)
