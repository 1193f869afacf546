"""What the README promises to somebody who begins: outputs, commands, files, messages and pages are what it says.

`CRADLE_UPDATE_PAGES=1` rewrites the outputs instead; read the difference before it is committed.
"""

import os
import re
import shlex

import pytest

from cradle import next_step, paths
from cradle.cli import main
from cradle.paths import PROJECT_ROOT

README = PROJECT_ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")
SHOWN = re.compile(r"```sh\n\.venv/bin/cradle (?P<typed>[^\n]+)\n```\n\n```text\n(?P<output>.*?)```", re.DOTALL)
# of a file that other work changes too: where a row stands in it, and its hash
MOVING = re.compile(r"row \d+, SHA-256 [0-9a-f]+")


@pytest.fixture
def cradle(built_warehouse, monkeypatch, capsys):
    """Run a command on the shared warehouse; returns what it prints."""
    monkeypatch.setenv("CRADLE_DB", str(built_warehouse))

    def run(typed, *more):
        capsys.readouterr()
        assert main([*shlex.split(typed), *more]) == 0, capsys.readouterr().err
        return capsys.readouterr().out

    return run


def table(title):
    """The cells of the rows of the first table under a heading."""
    part = TEXT.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in part.splitlines() if line[:2] == "| "]
    return rows[1:]


def quoted(cell):
    return re.findall(r"`([^`]+)`", cell)


def test_commands_print_what_is_shown_under_them(cradle):
    found = list(SHOWN.finditer(TEXT))
    assert found
    if os.environ.get("CRADLE_UPDATE_PAGES"):
        new = SHOWN.sub(
            lambda m: f"```sh\n.venv/bin/cradle {m['typed']}\n```\n\n```text\n{cradle(m['typed'])}```", TEXT
        )
        README.write_text(new, encoding="utf-8")
        return
    for match in found:
        assert MOVING.sub("", match["output"]) == MOVING.sub("", cradle(match["typed"]))


def test_the_commands_that_cradle_says_to_try_work(cradle, tmp_path):
    assert [command.split()[0] for command, _ in next_step.TRY] == ["sql", "explain", "report"]
    for command, _ in next_step.TRY:
        more = ["--output", str(tmp_path / "site")] if command == "report" else []
        assert cradle(command, *more).strip()


def test_each_format_has_a_line_that_opens_what_it_writes(cradle, tmp_path):
    """Only the names are looked at: that each tool reads its files is the matter of test_exports_for_other_tools."""
    from exports.formats import OF_SCENARIOS, writer

    forms = set()
    for _, typed, opened in table("Open it in your tool"):
        (command,) = quoted(typed)
        assert command.startswith(".venv/bin/cradle export")
        form = command.partition("--format ")[2] or "parquet"
        assert writer(form)
        forms.add(form)
        (file,) = re.findall(rf"dist/{form}/([\w.-]+\.(?:parquet|xlsx|duckdb|json|zip|csv))", opened)
        if form in OF_SCENARIOS or form == "parquet":
            one = ["--scenario", "strubell_2019_transformer_base"] if form in OF_SCENARIOS else []
            out = tmp_path / form
            if not out.exists():
                cradle(command.removeprefix(".venv/bin/cradle "), "--out", str(out), *one)
            assert (out / file).is_file()
        else:
            assert f"`{file}`" in (PROJECT_ROOT / "docs" / "exports.md").read_text(encoding="utf-8") or form == "csv"
    from cradle.cli import app

    help_text = _help_of(app, "export")
    assert all(form in help_text for form in forms)
    assert len(forms) == 6


def _help_of(app, command):
    from typer.testing import CliRunner

    return CliRunner().invoke(app, [command, "--help"]).output


def test_messages_in_the_table_of_troubles_are_messages():
    said = "\n".join(
        (PROJECT_ROOT / file).read_text(encoding="utf-8")
        for file in ("Makefile", "ingest/lock.py", "ingest/commands.py")
    )
    of_others = {"Conflicting lock is set", "No space left on device", "warehouse/cradle.duckdb"}
    rows = table("When something is in the way")
    assert len(rows) == 5
    for seen, _, _ in rows:
        assert [words for words in quoted(seen) if words not in of_others and words not in said] == []


def test_commands_in_tables_exist():
    from cradle.cli import app

    for command in {words for words in quoted(TEXT) if words.startswith(".venv/bin/cradle ")}:
        name, *rest = shlex.split(command.removeprefix(".venv/bin/cradle "))
        if name.startswith("--"):
            continue
        help_text = _help_of(app, name)
        for option in (word for word in rest if word.startswith("--")):
            assert option in help_text, command


def test_each_page_of_the_docs_is_found_from_the_readme():
    """In the README itself, or on a page that stands there with the others of its folder."""
    linked = set(re.findall(r"\]\(([^)#]+\.md)", TEXT))
    pages = {page.relative_to(PROJECT_ROOT).as_posix() for page in (PROJECT_ROOT / "docs").rglob("*.md")}
    of_a_folder = {page for page in pages if f"{page.rpartition('/')[0]}/README.md" in linked}
    assert sorted(pages - linked - of_a_folder) == []


def test_the_readme_is_short():
    """What has a page of its own is not told here too."""
    assert len(TEXT.splitlines()) < 300


def test_the_state_of_the_shared_warehouse_is_told_at_once(cradle, built_warehouse):
    assert paths.published_db() == built_warehouse
    text = cradle("")
    assert "scenarios, " in text
    assert " data sets, " in text
