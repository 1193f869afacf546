import re
import shutil
import subprocess

import pytest
import typer.main

from cradle.cli import app
from cradle.paths import PROJECT_ROOT

COMMANDS = typer.main.get_command(app).commands


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_has_help(name):
    command = COMMANDS[name]
    assert command.help
    assert [parameter.name for parameter in command.params if not getattr(parameter, "help", None)] == []


def test_each_command_has_a_file_of_its_name():
    files = {file.stem for file in (PROJECT_ROOT / "cradle" / "commands").glob("*.py")}
    assert files - {"__init__", "arguments", "examples"} == set(COMMANDS)


def test_make_help_lists_every_target():
    text = (PROJECT_ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)[1].split()
    assert phony == re.findall(r"^([a-z][\w-]*):(?!=)", text, re.MULTILINE)
    assert phony == re.findall(r"^  make (\S+) +\S", _make(), re.MULTILINE)


def test_make_alone_is_help():
    assert _make() == _make("help")


def _make(*targets: str) -> str:
    make = shutil.which("make")
    if make is None:
        pytest.skip("make is not installed")
    return subprocess.run([make, *targets], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True).stdout
