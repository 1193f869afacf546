"""The README and the pages of results say what is so: each query gives its output, each command exists.

`CRADLE_UPDATE_PAGES=1` rewrites the outputs instead; read the difference before it is committed.
"""

import os
import re
import shlex

import pytest

from cradle.paths import PROJECT_ROOT
from cradle.query import ask

README = PROJECT_ROOT / "README.md"
QUERY = re.compile(r"```sql\n(?P<query>.*?)```\n\n```text\n(?P<output>.*?)```", re.DOTALL)
# every page of the docs that shows what a query answers, but the one whose study its own test adds
DOCS = set((PROJECT_ROOT / "docs").rglob("*.md")) - {PROJECT_ROOT / "docs" / "how-to-add-a-study.md"}
PAGES = [README, *sorted(page for page in DOCS if QUERY.search(page.read_text(encoding="utf-8")))]
LAST_ORDER = re.compile(r"(order by (?!all\b)(?:(?!order by).)*?)(\s+limit \d+)?\s*$", re.DOTALL)
COMMANDS = re.compile(r"```sh\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_each_query_gives_the_output_printed_under_it(built_warehouse, page):
    text = page.read_text(encoding="utf-8")
    found = list(QUERY.finditer(text))
    assert found and len(found) == text.count("```sql")
    if os.environ.get("CRADLE_UPDATE_PAGES"):
        page.write_text(
            QUERY.sub(lambda m: f"```sql\n{m['query']}```\n\n```text\n{ask(built_warehouse, m['query'])}```", text),
            encoding="utf-8",
        )
        return
    for match in found:
        assert match["output"] == ask(built_warehouse, match["query"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_two_rows_of_an_answer_may_change_places(built_warehouse, page):
    """Ties in an order come out one way on one machine and another way on the next."""
    for match in QUERY.finditer(page.read_text(encoding="utf-8")):
        shuffled, orders = LAST_ORDER.subn(r"\1, random()\2", match["query"])
        if not orders:
            continue
        answers = {ask(built_warehouse, shuffled) for _ in range(4)}
        assert answers == {match["output"]}, f"order the rows by more columns: {match['query']}"


def commands() -> list[str]:
    return [line for block in COMMANDS.findall(README.read_text(encoding="utf-8")) for line in block.splitlines()]


@pytest.mark.parametrize("command", commands())
def test_each_command_exists(command):
    words = shlex.split(command)
    if words[0] == "make":
        assert re.search(rf"^{words[1]}:", (PROJECT_ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        return
    from typer.testing import CliRunner

    from cradle.cli import app

    assert words[0] == ".venv/bin/cradle"
    help_text = CliRunner().invoke(app, [words[1], "--help"]).output
    assert f"cradle {words[1]}" in help_text or words[1] in help_text
    for option in (word for word in words if word.startswith("--")):
        assert option in help_text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_to_files_lead_somewhere(page):
    for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
