"""What the command says of trouble that is not a mistake in what was typed: no traceback, and what to do."""

import subprocess
import sys

import duckdb
import pytest

from cradle import cli, completion


@pytest.mark.parametrize(
    "error", [RuntimeError("Query interrupted"), duckdb.InterruptException("INTERRUPT Error: Query interrupted")]
)
def test_ctrl_c_within_a_query_is_no_traceback(monkeypatch, capsys, error):
    def stopped(*_):
        raise error

    monkeypatch.setattr("cradle.report.write_site", stopped)
    assert cli.main(["report"]) == 2
    assert capsys.readouterr().err == "cradle: stopped by Ctrl-C; nothing was left half done\n"


def test_another_error_of_the_program_is_not_taken_for_ctrl_c(monkeypatch):
    def broken(*_):
        raise RuntimeError("a defect")

    monkeypatch.setattr("cradle.report.write_site", broken)
    with pytest.raises(RuntimeError, match="a defect"):
        cli.main(["report"])


def test_a_warehouse_whose_name_the_locale_cannot_read_is_said(monkeypatch, capsys):
    monkeypatch.setenv("CRADLE_DB", "/w\udcff/cradle.duckdb")  # as Python reads a byte that is no UTF-8
    assert cli.main(["report"]) == 2
    assert "set LC_ALL=C.UTF-8" in capsys.readouterr().err
    assert completion.scenario_ids("") == []


def test_an_answer_that_has_nowhere_to_go_is_no_success():
    words = [sys.executable, "-m", "cradle.cli", "sources"]
    done = subprocess.run(["sh", "-c", '"$@" >&-', "sh", *words], stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("cradle: standard output is closed") and done.stderr.count("\n") == 1
