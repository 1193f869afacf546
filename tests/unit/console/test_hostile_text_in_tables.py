"""A table on the terminal holds texts of others: titles of tables and names of files."""

import pytest

from cradle.console import show_table


@pytest.mark.parametrize("title", ["runs [/b] of May", "watts [red] rack", "[link=file:///etc/passwd]here[/link]"])
def test_brackets_in_a_title_are_shown_as_they_are(capsys, title):
    show_table(["title"], [[title]])
    assert title in capsys.readouterr().out


@pytest.mark.parametrize("mark", ["\x1b[31m", "\x1b]0;owned\x07", "\u202e", "\u200b", "\n", "\r"])
def test_what_steers_a_terminal_is_written_out(capsys, mark):
    show_table(["title"], [[f"a{mark}b"]])
    shown = capsys.readouterr().out
    assert shown.count("\n") == 2
    assert mark not in shown.replace("\n", "", 2).rstrip() and "\\" in shown
