"""A message repeats what was given: names of files and words that can hold escape sequences."""

import io

import pytest

from cradle import cli
from cradle.console import say
from cradle.errors import CradleError

HOSTILE = "runs\x1b]0;owned\x07\x1b[31m\u202e.csv"
SHOWN = "runs\\x1b]0;owned\\x07\\x1b[31m\\u202e.csv"


class _Terminal(io.StringIO):
    """Where nothing is looking, click takes colours out by itself: only on a terminal do they arrive."""

    def isatty(self) -> bool:
        return True


def _terminal(monkeypatch) -> _Terminal:
    shown = _Terminal()
    monkeypatch.setattr("sys.stderr", shown)
    return shown


@pytest.mark.parametrize(
    "error",
    [
        CradleError("no format knows the file", where=HOSTILE, todo="name it"),
        FileNotFoundError(2, "No such file or directory", HOSTILE),
    ],
    ids=["mistake", "system"],
)
def test_a_name_in_a_message_steers_no_terminal(monkeypatch, error):
    terminal = _terminal(monkeypatch)

    def refuse(*_):
        raise error

    monkeypatch.setattr("cradle.report.write_site", refuse)
    assert cli.main(["report"]) == 2
    assert SHOWN in terminal.getvalue() and "\n  what to do: " in terminal.getvalue()
    assert "\x1b" not in terminal.getvalue()


def test_an_option_that_is_none_is_repeated_safely(monkeypatch):
    terminal = _terminal(monkeypatch)
    assert cli.main(["report", f"--{HOSTILE}"]) == 2
    assert SHOWN in terminal.getvalue() and "\x1b" not in terminal.getvalue()


def test_progress_in_words_is_safe_and_keeps_its_lines(monkeypatch):
    terminal = _terminal(monkeypatch)
    say(f"landed\n  {HOSTILE}")
    assert terminal.getvalue() == f"landed\n  {SHOWN}\n"


def test_a_name_that_is_no_utf8_is_a_message_too(monkeypatch, capsys):
    def refuse(*_):
        raise CradleError("no format knows the file", where="w\udcff.csv")

    monkeypatch.setattr("cradle.report.write_site", refuse)
    assert cli.main(["report"]) == 2
    assert "w\\udcff.csv" in capsys.readouterr().err
