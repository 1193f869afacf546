"""A page that is a walk-through, done as it is written: its commands run, its edits are made, its answers come out.

Blocks, in the order of the page: `sh` is run in a copy of the project and the `text` block behind it is what it
prints; a `diff` is an edit of the file that it names; `sql` is asked and the `text` block behind it is the answer.
"""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

BLOCK = re.compile(
    r"```(?P<kind>sh|diff|sql)\n(?P<body>.*?)```(?P<gap>\n\n```text\n)?(?P<output>(?(gap).*?)?)(?(gap)```)", re.DOTALL
)
SECONDS = re.compile(r"in \d+ s\b")


def edit(project: Path, diff: str) -> None:
    """Make an edit as a page shows it: `--- path`, then lines to take out (-) and to put in (+), in pairs."""
    first, *lines = diff.splitlines()
    file = project / first.removeprefix("--- ")
    text = file.read_text(encoding="utf-8")
    old = "".join(f"{line[1:]}\n" for line in lines if line.startswith("-"))
    new = "".join(f"{line[1:]}\n" for line in lines if line.startswith("+"))
    assert text.count(old) == 1, f"{file} does not have, once:\n{old}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def walk(
    page: str, project: Path, run: Callable[[list[str]], str], ask: Callable[[str], str]
) -> list[tuple[str, str, str]]:
    """Do all that the page says; returns (what, printed on the page, what came) of each answer that it prints."""
    answers = []
    for block in BLOCK.finditer(page):
        came = ""
        if block["kind"] == "diff":
            edit(project, block["body"])
        elif block["kind"] == "sql":
            came = ask(block["body"])
        else:
            for command in block["body"].splitlines():
                came += run(shlex.split(command))
        if block["gap"]:
            answers.append((block["body"], block["output"], SECONDS.sub("in 15 s", came)))
    return answers
