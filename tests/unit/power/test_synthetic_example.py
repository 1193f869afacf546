"""The synthetic traces are what their script makes, say that no meter was read, and land with their runs."""

import shutil
import sys
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from cradle.cli import app

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
        channels = con.execute("select instrument, is_measured from raw.power__channels").fetchall()
    assert licence == "LicenseRef-user-CC0-1.0"
    assert Counter(run.split("_")[1] for (run,) in runs) == {"training": 18, "inference": 21}
    assert channels == [("synthetic numbers, no meter", "false")] * 2


def test_a_run_takes_the_energy_of_the_rule():
    rows = [line.split(",") for line in (EXAMPLE / "windows.csv").read_text(encoding="utf-8").splitlines()[1:]]
    trace = dict(line.split(",") for line in (EXAMPLE / "traces/synthetic_training.csv").read_text().splitlines()[1:])
    times = list(trace)
    for name, _, file, begin, end in rows:
        if file != "synthetic_training.csv":
            continue
        powers = [float(trace[at]) for at in times[times.index(begin) : times.index(end)]]
        assert sum(powers) == pytest.approx(15 * 200 + int(name.split("_")[2]) * 0.2 * 420, rel=0.02)
