"""A user's file with bad cells, from the command line to the marts: nothing lost, nothing bad let through, all said."""

import json
import re
from pathlib import Path

import duckdb
import pytest

from cradle.cli import main
from tests.integration.own_data import INJECTED, LINES, write_lines


@pytest.fixture(scope="module")
def said(own) -> dict[str, list]:
    """Exit code and messages of the pull of the file and of the build."""
    return json.loads((own / "said.json").read_text(encoding="utf-8"))


def ask(own: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(own / "cradle.duckdb"), read_only=True) as con:
        return con.execute(query).fetchall()


def test_the_pull_says_that_it_does_not_know_the_file(said):
    code, message = said["pull"]
    assert code == 0, message
    assert "none of the known releases" in message and "10,761,452 bytes" in message


def test_the_build_passes_and_says_what_was_refused(said):
    code, message = said["build"]
    assert code == 0 and re.search(r"^ademe_base_carbone: \d+ rows rejected, 1 cells voided", message, re.MULTILINE)


def test_each_injected_cell_is_in_quarantine(own):
    query = (
        "select row_number, column_name, offending_text, severity from marts.quarantine"
        " where source_id = 'ademe_base_carbone'"
    )
    found = set(ask(own, query))
    assert {(number, *finding) for (number, _, _), finding in INJECTED.items()} <= found


def test_what_was_landed_is_accepted_or_rejected(own):
    ((landed, accepted, rejected),) = ask(
        own,
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


def test_nothing_rejected_or_voided_reaches_the_factors(own):
    rejected = {number for (number, _, _), (_, _, severity) in INJECTED.items() if severity == "reject_row"}
    query = "select row_number, value_low from marts.factors where source_id = 'ademe_base_carbone' and is_total"
    factors = dict(ask(own, query))
    assert not rejected & set(factors)
    assert factors[1] is not None and factors[6] is None


def test_a_poste_in_another_unit_than_its_element_keeps_it_and_is_not_eligible(own):
    query = """
        select reference_unit, unit_as_printed, is_eligible
        from marts.factors
        where source_id = 'ademe_base_carbone' and row_number = 2
    """
    assert ask(own, query) == [("kg", "kgCO2e/kg", False)]


@pytest.mark.parametrize("second", ["mine.csv", "other.csv"])
def test_a_source_of_one_file_takes_one_file(tmp_path, monkeypatch, capsys, second):
    monkeypatch.setenv("CRADLE_DB", str(tmp_path / "cradle.duckdb"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other.csv").write_bytes(write_lines(tmp_path / "mine.csv").read_bytes() + b"\n")
    assert main(["pull", "ademe_base_carbone", "--file", "mine.csv", "--file", second]) == 2
    assert "too many files" in capsys.readouterr().err


def test_an_unreadable_landing_file_is_one_message(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CRADLE_DB", str(tmp_path / "cradle.duckdb"))
    (tmp_path / "landing.duckdb").write_bytes(b"no database at all, but long enough to look at" * 100)
    for command in (["sources"], ["pull", "ademe_base_carbone", "--file", str(LINES)], ["release"]):
        assert main(command) == 2
        said = capsys.readouterr().err
        assert "the landing file cannot be read" in said and "move it away" in said
