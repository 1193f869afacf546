import fcntl
import json
import os
import time
from pathlib import Path

import pytest

from cradle import __version__, build_note, paths
from cradle.build_note import Note
from cradle.cli import main

STUDIES = "source_id,title\nown_study__{0},Mine\nother_2020,Theirs\n"


class Checkout:
    """A checkout with one seed, whose states a test makes by hand."""

    def __init__(self, root, capsys):
        self.root, self.capsys = root, capsys
        self.published = root / "warehouse" / "cradle.duckdb"
        self.write("seeds/colours.csv", "name\nred\n")
        self.write("models/plants.sql", "select 1\n")
        self.write("seeds/factors/study_sources.csv", "source_id,title\nother_2020,Theirs\n")

    def write(self, name, text=""):
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def publish(self, **more):
        self.write("warehouse/cradle.duckdb", "a warehouse")
        self.write("warehouse/landing.duckdb", "what is landed")
        note = Note(
            version=__version__,
            ended_at=time.time(),
            seconds=66,
            published=build_note.stat_of(self.published),
            landing=build_note.stat_of(self.published.with_name("landing.duckdb")),
            inputs=build_note.stamps(self.root),
            own_studies=build_note.own_studies(),
            rows=1234567,
            scenarios=198,
            studies=68,
            sources=20,
        )
        for name, value in more.items():
            setattr(note, name, value)
        build_note.write_note(self.published, note)

    def report(self):
        self.write("dist/site/index.html", "<html>")

    def says(self):
        assert main([]) == 0
        text = self.capsys.readouterr().out
        after_next = text.partition("  next:")[2].partition("  try:")[0].partition("  all:")[0]
        return text, [line.strip().split("  ")[0] for line in after_next.splitlines() if line.strip()]


@pytest.fixture
def checkout(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(paths, "PROJECT_ROOT", tmp_path)
    monkeypatch.setenv("CRADLE_DB", "warehouse/cradle.duckdb")
    monkeypatch.chdir(tmp_path)
    return Checkout(tmp_path, capsys)


def test_nothing_is_landed_or_built(checkout):
    text, steps = checkout.says()
    assert "There is no warehouse at warehouse/cradle.duckdb yet." in text
    assert "no network needed" in text
    assert steps == ["cradle build", "cradle sources"]


def test_landed_and_not_built(checkout):
    checkout.write("warehouse/landing.duckdb", "what is landed")
    text, steps = checkout.says()
    assert "Data are landed and wait for a build." in text
    assert steps[0] == "cradle build"


def test_built_and_nothing_changed(checkout):
    checkout.publish()
    checkout.report()
    text, steps = checkout.says()
    assert "in 1 min 06 s): 198 scenarios, 68 studies, 20 data sets, 1,234,567 rows in the marts." in text
    assert "Changed" not in text
    assert "Landed since" not in text
    assert steps[0].endswith("dist/site/index.html")
    assert "cradle build" not in steps
    for word in ("sql", "explain", "report"):
        assert f"cradle {word} " in text


def test_built_without_a_report(checkout):
    checkout.publish()
    text, steps = checkout.says()
    assert "There is no report of it yet." in text
    assert steps == ["cradle report"]


def test_a_report_of_an_earlier_warehouse(checkout):
    checkout.report()
    os.utime(checkout.root / "dist/site/index.html", (1, 1))
    checkout.publish()
    text, steps = checkout.says()
    assert "The report is older than the warehouse." in text
    assert steps == ["cradle report"]


@pytest.mark.parametrize("file", ["seeds/colours.csv", "models/plants.sql", "models/new.sql"])
def test_an_input_that_changed_is_named(checkout, file):
    checkout.publish()
    checkout.write(file, "other text\n")
    text, steps = checkout.says()
    assert f"Changed since it was built: {file}." in text
    assert steps == ["cradle build", "cradle report"]


def test_an_input_that_is_gone_is_named(checkout):
    checkout.publish()
    (checkout.root / "seeds/colours.csv").unlink()
    assert "Changed since it was built: seeds/colours.csv." in checkout.says()[0]


def test_an_input_that_was_only_touched_is_no_change(checkout):
    checkout.publish()
    os.utime(checkout.root / "seeds/colours.csv")
    assert "Changed" not in checkout.says()[0]


def test_another_version_of_the_code(checkout):
    checkout.publish(version="0.0.9")
    text, steps = checkout.says()
    assert "Version 0.0.9 of Cradle built it." in text
    assert steps[0] == "cradle build"


def test_a_study_of_ones_own_that_is_not_built(checkout):
    checkout.publish()
    checkout.write("seeds/factors/study_sources.csv", STUDIES.format("my_run"))
    text, steps = checkout.says()
    assert "Not in it yet, of your own studies: my_run." in text
    assert steps[:2] == ["cradle study check my_run", "cradle build"]


def test_a_study_of_ones_own_that_was_removed(checkout):
    checkout.write("seeds/factors/study_sources.csv", STUDIES.format("my_run"))
    checkout.publish()
    checkout.write("seeds/factors/study_sources.csv", "source_id,title\nother_2020,Theirs\n")
    text, steps = checkout.says()
    assert "Still in it, though removed from the seeds: my_run." in text
    assert steps[0] == "cradle build"


def landing_of(file, fingerprint):
    import duckdb

    file.unlink(missing_ok=True)
    with duckdb.connect(str(file)) as con:
        con.execute(
            "create schema raw; create table raw.landed (source_id varchar, origin varchar, fingerprint varchar)"
        )
        con.execute("insert into raw.landed values ('co2js', 'pulled', ?)", [fingerprint])


def test_what_was_pulled_since_is_named_and_a_pull_that_changed_nothing_is_not(checkout):
    landing = checkout.published.with_name("landing.duckdb")
    checkout.publish(landed={"co2js": "pulled one"})
    landing_of(landing, "one")
    assert "Landed since" not in checkout.says()[0]
    landing_of(landing, "two")
    text, steps = checkout.says()
    assert "Landed since it was built: co2js." in text
    assert steps[0] == "cradle build"


def test_a_build_that_failed_says_what_and_where_the_log_is(checkout):
    checkout.publish()
    before = build_note.read_note(checkout.published)
    build_note.write_note(checkout.published, build_note.of_failure(before, ["plants", "towns"], "logs/dbt.log"))
    text, steps = checkout.says()
    assert "The last build failed 0 s ago: plants, towns." in text
    assert "log: logs/dbt.log" in text
    assert steps[0] == "cradle build"
    assert "was built" in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"published": 5},
        {"published": None},
        {"rows": "x"},
        {"seconds": None},
        {"ended_at": float("nan")},
        {"ended_at": 1e30},
        {"inputs": []},
        {"inputs": {"a": 1}},
        {"landing": 5},
        {"landed": []},
        {"own_studies": [1, {}]},
        {"failed_at": 1e10, "failed": "abc"},
        {"failed_at": 1e10, "failed": [1]},
    ],
)
def test_a_note_that_no_build_wrote_counts_as_none(checkout, wrong):
    checkout.publish()
    file = build_note.note_file(checkout.published)
    file.write_text(json.dumps(json.loads(file.read_text()) | wrong))
    assert build_note.read_note(checkout.published) == Note()
    assert "was built" in checkout.says()[0]


def test_a_note_too_deep_and_a_lock_of_no_process_are_no_traceback(checkout):
    checkout.publish()
    build_note.note_file(checkout.published).write_text("[" * 100_000)
    Path(f"{checkout.published}.lock").write_text('{"pid": 99999999999999999999, "command": "x"}')
    assert "was built" in checkout.says()[0]


def test_a_first_build_that_failed(checkout):
    (checkout.root / "warehouse").mkdir()
    build_note.write_note(checkout.published, build_note.of_failure(Note(), ["plants"], "logs/dbt.log"))
    text, steps = checkout.says()
    assert "The last build failed" in text
    assert "There is no warehouse" in text
    assert steps == ["cradle build", "cradle sources"]


def test_a_build_that_runs_is_named_and_its_lock_is_left_alone(checkout):
    checkout.publish()
    lock = checkout.write("warehouse/cradle.duckdb.lock", json.dumps({"pid": os.getpid(), "command": "cradle build"}))
    os.utime(lock, (time.time() - 65, time.time() - 65))
    with lock.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        text, steps = checkout.says()
    assert f"A build has been running for 1 min 05 s (pid {os.getpid()}: cradle build)." in text
    assert steps[0] == "cradle build --wait"
    text, steps = checkout.says()
    assert "running" not in text


def test_a_warehouse_that_dbt_itself_built_is_judged_by_the_times_of_files(checkout):
    checkout.write("warehouse/cradle.duckdb", "a warehouse")
    os.utime(checkout.root / "seeds/colours.csv", (time.time() + 60, time.time() + 60))
    for name in ("models/plants.sql", "seeds/factors/study_sources.csv"):
        os.utime(checkout.root / name, (1, 1))
    text, steps = checkout.says()
    assert "Changed since it was built: seeds/colours.csv." in text
    assert steps[0] == "cradle build"


def test_a_note_that_cannot_be_read_is_no_error(checkout):
    checkout.publish()
    build_note.note_file(checkout.published).write_text("{", encoding="utf-8")
    assert "was built" in checkout.says()[0]


def test_it_opens_no_database(checkout):
    import subprocess
    import sys

    checkout.publish()
    code = (
        "import sys; from pathlib import Path; from cradle import paths; paths.PROJECT_ROOT = Path(sys.argv[1]);"
        "from cradle.cli import main; main([]); print(sorted({m.split('.')[0] for m in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code, checkout.root], capture_output=True, text=True, check=True)
    assert "was built" in done.stdout
    for heavy in ("dbt", "duckdb", "polars", "pyarrow", "rich"):
        assert f"'{heavy}'" not in done.stdout.splitlines()[-1]
