"""Traces of three licences from the command line to the published warehouse and the published export, in one build."""

from pathlib import Path

import duckdb
import pytest

from tests.integration.power.conftest import run_in
from tests.unit.power.traces import write

LICENCES = {
    "mine": (),
    "open": ("--licence", "CC BY 4.0", "--redistributable", "yes", "--title", "Invented runs"),
    "shared": ("--licence", "CC BY-SA 4.0", "--redistributable", "share-alike"),
}
# told apart by their watts
WATTS = {"mine": 731.25, "open": 842.5, "shared": 953.75}
BEGIN_US = 1_714_557_600_000_000  # the 1st of May 2024: PTDaemon writes the month first
LINE = "Time,05-01-2024 10:00:{second:02}.000,Watts,{watts},Volts,230.0,Amps,2.2,PF,0.98,Mark,x_testing\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("traces of mine")
    for name, words in LICENCES.items():
        lines = "".join(LINE.format(second=second, watts=WATTS[name]) for second in range(37))
        (file,) = write(folder, {f"{name}.txt": lines})
        done = run_in(folder, "cradle.cli", "pull", "power", "--file", str(file), "--timezone", "UTC", *words)
        assert done.returncode == 0, done.stderr
    done = run_in(folder, "cradle.cli", "build", "--no-export")
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-4000:]
    done = run_in(folder, "cradle.cli", "export", "--publish", "--out", str(folder / "published"))
    assert done.returncode == 0, done.stderr
    return folder


def ask(home: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(home / "cradle.duckdb"), read_only=True) as con:
        return con.execute(query).fetchall()


def test_the_mart_answers_which_meter_which_boundary_how_much_and_how_sure(home):
    columns = (
        "source_id, boundary, round(energy_kwh * 3.6e6, 6), coverage_pct, gaps, repeated_values, begin_us, licence_set"
    )
    rows = ask(home, f"select {columns} from marts.measured_energy where window_name = 'whole_trace' order by 1")
    rows = [row for row in rows if row[0].startswith("power:") and row[0][6:] in LICENCES]
    assert [row[0] for row in rows] == ["power:mine", "power:open", "power:shared"]
    for source, boundary, joules, coverage, gaps, repeats, begin_us, licence in rows:
        name = source.removeprefix("power:")
        assert (boundary, joules, coverage, gaps, repeats) == ("node_ac", WATTS[name] * 36, 100.0, 0, 36)
        assert begin_us == BEGIN_US
        assert (
            licence
            == {
                "mine": "LicenseRef-user-Own-measurement-not-passed-on",
                "open": "CC-BY-4.0",
                "shared": "CC-BY-SA-4.0",
            }[name]
        )


def test_the_samples_are_seen_in_the_published_warehouse(home):
    query = "select count(*), max(value) from raw.power__samples where value in (731.25, 842.5, 953.75)"
    assert ask(home, query) == [(111, 953.75)]


def test_the_rows_of_the_sets_are_counted_as_ingested(home):
    assert ask(home, "select count(*) from marts.quarantine where source_id like 'power:mine%'") == [(0,)]


def published(home: Path, name: str) -> list[Path]:
    return [file for file in (home / "published").rglob("*.parquet") if file.stem.startswith(name)]


def test_only_what_may_be_passed_on_is_in_the_published_export(home):
    found = {}
    for file in published(home, "measured_energy"):
        with duckdb.connect() as con:
            for source, licence in con.execute(f"select source_id, licence_set from '{file}'").fetchall():
                if source.removeprefix("power:") in LICENCES:
                    found[source] = (file.stem, licence)
    assert set(found) == {"power:open", "power:shared"}
    assert found["power:open"][1] == "CC-BY-4.0" and found["power:shared"][1] == "CC-BY-SA-4.0"
    assert found["power:open"][0] != found["power:shared"][0]  # share-alike rows stand in a file of their own


def test_no_sample_and_nothing_of_the_private_set_is_exported(home):
    for file in (home / "published").rglob("*"):
        if file.suffix == ".parquet":
            with duckdb.connect() as con:
                for (text,) in con.execute(f"select cast(t as varchar) from '{file}' as t").fetchall():
                    assert "power:mine" not in text and "mine.txt" not in text and "731.25" not in text, file.name
        elif file.is_file():
            text = file.read_text("utf-8")
            assert "power:mine" not in text and "mine.txt" not in text, file.name
    assert not published(home, "power__samples")


def test_the_attribution_names_the_sets_that_are_passed_on(home):
    page = (home / "published" / "ATTRIBUTION.md").read_text("utf-8")
    assert "Invented runs" in page and "Own-measurement" not in page


def test_a_second_build_integrates_nothing_anew_and_says_the_same(home):
    columns = "* exclude (facts)"
    before = ask(home, f"select {columns} from marts.measured_energy order by all")
    done = run_in(home, "dbt.cli.main", "run", "--select", "int_power__integrate", "measured_energy")
    assert done.returncode == 0, done.stdout[-3000:]
    with duckdb.connect(str(home / "cradle.work.duckdb"), read_only=True) as con:
        assert con.execute(f"select {columns} from marts.measured_energy order by all").fetchall() == before


def test_samples_that_are_gone_stop_a_build_with_one_message(home):
    (file,) = (home / "traces").glob("shared-*.parquet")
    moved = file.rename(home / file.name)
    try:
        done = run_in(home, "cradle.cli", "build", "--no-export")
        assert done.returncode == 2, done.stdout[-2000:] + done.stderr[-2000:]
        said = done.stdout + done.stderr
        assert "the samples of the set of traces 'shared' cannot be read" in said and "--table shared" in said
        assert "Traceback" not in said
        # what is published still answers
        assert len(ask(home, "select * from marts.measured_energy where source_id = 'power:shared'")) == 1
        assert ask(home, "select count(*) > 0 from duckdb_columns()") == [(True,)]
    finally:
        moved.rename(file)
