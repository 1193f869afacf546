"""Names of files and titles of tables reach a terminal as text: none clears it, colours it or is read as markup."""

import pytest

from cradle.cli import main
from cradle.console import say, show_table

NAMES = {
    "a\x1b[2J.csv": "a\\x1b[2J.csv",
    "b\x1b]0;title\x07.csv": "b\\x1b]0;title\\x07.csv",
    "c\u202ecsv.exe": "c\\u202ecsv.exe",
    "d\r.csv": "d\\r.csv",
    "[bold]e[/nothing].csv": "[bold]e[/nothing].csv",
    ":bomb:.csv": ":bomb:.csv",
}


@pytest.mark.parametrize(("name", "shown"), NAMES.items())
def test_a_message_and_a_table_show_a_name_as_it_is(capsys, name, shown):
    say(f"left aside:\n  {name}")
    show_table(["file"], [[name]])
    told = capsys.readouterr()
    assert told.err == f"left aside:\n  {shown}\n"
    assert [line.rstrip() for line in told.out.splitlines()] == ["file", shown]


def test_an_error_shows_the_name_it_is_about(capsys):
    assert main(["pull", "power", "--file", "no\x1b[2Jwhere.csv"]) == 2
    assert "  where: no\\x1b[2Jwhere.csv\n" in capsys.readouterr().err
