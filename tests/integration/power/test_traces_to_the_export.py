"""Traces of three licences from the command line to the published warehouse and the published export, in one build.

Two of them are the electricity of a study, as docs/power-traces.md says.
"""

import hashlib
import json
import re
from pathlib import Path

import duckdb
import pytest

from cradle.paths import PROJECT_ROOT
from tests.integration.own_data import LIKE, STATISTIC, TRACES, WATTS, cradle, run

BEGIN_US = 1_714_557_600_000_000  # the 1st of May 2024: PTDaemon writes the month first


# an answer that is kept back says on what it rests
OF_THE_PRIVATE_SET = r"""
select text from (select cast(t as varchar) as text from '{file}' as t)
where contains(text, 'mine.txt') or regexp_matches(text, '(^|[^\d.])(731\.25|0\.0073125)(\D|$)')
    or (contains(text, 'power:mine') and not contains(text, '''state'': withheld'))
"""


@pytest.fixture(scope="module")
def home(own) -> Path:
    return own


def ask(home: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(home / "cradle.duckdb"), read_only=True) as con:
        return con.execute(query).fetchall()


def test_the_mart_answers_which_meter_which_boundary_how_much_and_how_sure(home):
    columns = (
        "source_id, boundary, round(energy_kwh * 3.6e6, 6), coverage_pct, gaps, repeated_values, begin_us, licence_set"
    )
    rows = ask(home, f"select {columns} from marts.measured_energy where window_name = 'whole_trace' order by 1")
    rows = [row for row in rows if row[0].startswith("power:") and row[0][6:] in TRACES]
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
                if source.removeprefix("power:") in TRACES:
                    found[source] = (file.stem, licence)
    assert set(found) == {"power:open", "power:shared"}
    assert found["power:open"][1] == "CC-BY-4.0" and found["power:shared"][1] == "CC-BY-SA-4.0"
    assert found["power:open"][0] != found["power:shared"][0]  # share-alike rows stand in a file of their own


def test_no_sample_and_nothing_of_the_private_set_is_exported(home):
    for file in (home / "published").rglob("*"):
        if file.suffix == ".parquet":
            with duckdb.connect() as con:
                assert con.execute(OF_THE_PRIVATE_SET.format(file=file)).fetchall() == [], file.name
        elif file.is_file():
            text = file.read_text("utf-8")
            assert "power:mine" not in text and "mine.txt" not in text, file.name
    assert not published(home, "power__samples")


def test_the_attribution_names_the_sets_that_are_passed_on(home):
    page = (home / "published" / "ATTRIBUTION.md").read_text("utf-8")
    assert "Invented runs" in page and "Own-measurement" not in page


def test_a_measured_run_is_the_electricity_of_a_study(home):
    """Energy times the factor of the grid; the licence of the trace goes along, and so does the way to its file."""
    rows = ask(
        home,
        "select scenario_id, i.amount, i.amount_unit, f.value, i.value, i.licence_set from marts.impacts i"
        " join marts.factors f using (factor_id) where scenario_id in ('service_mine', 'service_open')"
        " and i.impact_category = 'GWP' and i.electricity_basis = 'location' order by 1",
    )
    assert [row[0] for row in rows] == ["service_mine", "service_open"]
    for (study, amount, unit, factor, value, licences), licence in zip(
        rows, ("LicenseRef-user-Own-measurement-not-passed-on", "CC-BY-4.0"), strict=True
    ):
        assert unit == "kWh" and amount == pytest.approx(WATTS[study[8:]] * 36 / 3.6e6, rel=1e-12)
        assert value == pytest.approx(amount * factor, rel=1e-12) and factor > 0
        assert licence in licences.split("; ")
    lineage = ask(
        home,
        "select p.scenario_id, p.kind, p.source_id, p.statistic_id, s.file_sha256 from marts.parameter_values p"
        " join marts.sources s using (source_id) where p.parameter_name = 'site_energy'"
        " and p.scenario_id in ('service_mine', 'service_open') order by 1",
    )
    assert lineage == [
        (
            f"service_{name}",
            "measured",
            f"power:{name}",
            STATISTIC.format(name=name),
            hashlib.sha256((home / f"{name}.txt").read_bytes()).hexdigest(),
        )
        for name in ("mine", "open")
    ]


def test_results_on_a_private_trace_are_withheld_from_the_published_export(home):
    (file,) = (file for file in published(home, "impacts") if file.stem == "impacts")
    with duckdb.connect() as con:
        rows = con.execute(
            f"select scenario_id, state, value is null, amount is null from '{file}' where impact_category = 'GWP'"
            " and scenario_id in ('service_mine', 'service_open') and electricity_basis = 'location' order by 1"
        ).fetchall()
    assert rows == [("service_mine", "withheld", True, True), ("service_open", "modelled", False, False)]


def test_the_page_shows_these_steps():
    page = (PROJECT_ROOT / "docs/power-traces.md").read_text("utf-8")
    for step in (f"--like {LIKE}", "parameter_measurements.csv", "site_energy", STATISTIC.format(name="my_run")):
        assert re.search(re.escape(step), page), step


def test_a_second_build_integrates_nothing_anew_and_says_the_same(home):
    columns = "* exclude (facts)"
    before = ask(home, f"select {columns} from marts.measured_energy order by all")
    words = ("run", "--select", "int_power__integrate", "measured_energy")
    done = run(home, "dbt.cli.main", *words)
    assert done.returncode == 0, done.stdout[-3000:]
    with duckdb.connect(str(home / "cradle.work.duckdb"), read_only=True) as con:
        assert con.execute(f"select {columns} from marts.measured_energy order by all").fetchall() == before


def test_samples_that_are_gone_stop_a_build_with_one_message(home):
    (file,) = (home / "traces").glob("shared-*.parquet")
    moved = file.rename(home / file.name)
    try:
        done = cradle(home, "build", "--no-export")
        assert done.returncode == 2, done.stdout[-2000:] + done.stderr[-2000:]
        said = done.stdout + done.stderr
        assert "the samples of the set of traces 'shared' cannot be read" in said and "--table shared" in said
        assert "Traceback" not in said
        # what is published still answers
        assert len(ask(home, "select * from marts.measured_energy where source_id = 'power:shared'")) == 1
        assert ask(home, "select count(*) > 0 from duckdb_columns()") == [(True,)]
    finally:
        moved.rename(file)


def test_a_check_of_the_study_says_what_the_meter_leaves_out(home):
    done = cradle(home, "study", "check", "service_mine", "--json")
    found = [one for one in json.loads(done.stdout)["findings"] if "is measured at" in one["what"]]
    assert [(one["level"], one["what"]) for one in found] == [
        ("gap", "parameter site_energy of service_mine is measured at the boundary node_ac")
    ]
    assert found[0]["expected"] == "energy at the boundary facility, which stated_energy.electricity counts"
    assert found[0]["got"].endswith("what lies between node_ac and facility is in no number")
