"""A user's file with bad cells, from the command line to the marts: nothing lost, nothing bad let through, all said."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from cradle.cli import main
from cradle.paths import PROJECT_ROOT

FIXTURE = PROJECT_ROOT / "tests/unit/ademe_base_carbone/fixtures/invented_lines.csv"
# data row, column of the published file, bad text -> the finding
INJECTED = {
    (5, "Total poste non décomposé", "beaucoup"): ("total", "beaucoup", "reject_row"),
    (7, "Unité français", "kgCO2e/brouette"): ("unit_fr", "kgCO2e/brouette", "reject_row"),
    (6, "Incertitude", "-5"): ("uncertainty_pct", "-5", "void_cell"),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("own file")  # a space in the path is nothing special
    rows = list(csv.reader(io.StringIO(FIXTURE.read_text(encoding="utf-8-sig"), newline=""), delimiter=";"))
    for number, column, text in INJECTED:
        rows[number][rows[0].index(column)] = text
    rows[2][rows[0].index("Unité français")] = "kgCO2e/kg"  # a known unit, but not that of its Elément
    with (folder / "mine.csv").open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\n").writerows(rows)
    return folder


def cradle(home: Path, *arguments: str) -> subprocess.CompletedProcess:
    env = {
        "CRADLE_DB": str(home / "w" / "cradle.duckdb"),
        "DBT_TARGET_PATH": str(home / "target"),
        "DBT_LOG_PATH": str(home / "logs"),
    }
    return subprocess.run(
        [sys.executable, "-m", "cradle.cli", *arguments],
        cwd=home,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def built(home) -> tuple[subprocess.CompletedProcess, subprocess.CompletedProcess]:
    return cradle(home, "pull", "ademe_base_carbone", "--file", "mine.csv"), cradle(home, "build", "--no-export")


def ask(home: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(home / "w" / "cradle.duckdb"), read_only=True) as con:
        return con.execute(query).fetchall()


def test_the_pull_says_that_it_does_not_know_the_file(built):
    assert built[0].returncode == 0, built[0].stderr
    assert "none of the known releases" in built[0].stderr and "10,761,452 bytes" in built[0].stderr


def test_the_build_passes_and_says_what_was_refused(built):
    assert built[1].returncode == 0, built[1].stdout[-3000:] + built[1].stderr[-3000:]
    assert "rows rejected, 1 cells voided" in built[1].stderr


def test_each_injected_cell_is_in_quarantine(built, home):
    found = set(ask(home, "select row_number, column_name, offending_text, severity from marts.quarantine"))
    assert {(number, *finding) for (number, _, _), finding in INJECTED.items()} <= found


def test_what_was_landed_is_accepted_or_rejected(built, home):
    ((landed, accepted, rejected),) = ask(
        home,
        """
        select
            (select count(*) from raw.ademe_base_carbone__lines),
            (select count(*) from staging.stg_ademe_base_carbone__elements)
            + (select count(*) from staging.stg_ademe_base_carbone__postes),
            (
                select count(distinct row_number) from marts.quarantine
                where severity = 'reject_row' and source_id = 'ademe_base_carbone'
            )
        """,
    )
    assert landed == accepted + rejected and rejected >= 2


def test_nothing_rejected_or_voided_reaches_the_factors(built, home):
    rejected = {number for (number, _, _), (_, _, severity) in INJECTED.items() if severity == "reject_row"}
    query = "select row_number, value_low from marts.factors where source_id = 'ademe_base_carbone' and is_total"
    factors = dict(ask(home, query))
    assert not rejected & set(factors)
    assert factors[1] is not None and factors[6] is None


def test_a_poste_in_another_unit_than_its_element_keeps_it_and_is_not_eligible(built, home):
    query = """
        select reference_unit, unit_as_printed, is_eligible
        from marts.factors
        where source_id = 'ademe_base_carbone' and row_number = 2
    """
    assert ask(home, query) == [("kg", "kgCO2e/kg", False)]


@pytest.mark.parametrize("second", ["mine.csv", "other.csv"])
def test_a_source_of_one_file_takes_one_file(home, second):
    (home / "other.csv").write_bytes((home / "mine.csv").read_bytes() + b"\n")
    done = cradle(home, "pull", "ademe_base_carbone", "--file", "mine.csv", "--file", second)
    assert done.returncode == 2 and "too many files" in done.stderr and "Traceback" not in done.stderr


def test_an_unreadable_landing_file_is_one_message(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CRADLE_DB", str(tmp_path / "cradle.duckdb"))
    (tmp_path / "landing.duckdb").write_bytes(b"no database at all, but long enough to look at" * 100)
    for command in (["sources"], ["pull", "ademe_base_carbone", "--file", str(FIXTURE)], ["release"]):
        assert main(command) == 2
        said = capsys.readouterr().err
        assert "the landing file cannot be read" in said and "move it away" in said
