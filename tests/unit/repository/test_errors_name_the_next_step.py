"""Each CradleError says what to do, and a command that it names exists with the options that it names."""

import ast
import re

import pytest
import typer.main

from cradle.cli import app
from cradle.paths import PROJECT_ROOT

TYPED = re.compile(r"\bcradle ((?:study )?[a-z]+)((?: (?!cradle\b)[^ `,;:)]+)*)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def modules():
    for folder in ("cradle", "ingest", "exports"):
        for file in sorted((PROJECT_ROOT / folder).rglob("*.py")):
            yield file.relative_to(PROJECT_ROOT).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


MODULES = dict(modules())


def errors():
    """CradleError and all that descend from it, by name."""
    found = {"CradleError"}
    while True:
        more = {
            node.name
            for tree in MODULES.values()
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef)
            and any(isinstance(base, ast.Name) and base.id in found for base in node.bases)
        }
        if more <= found:
            return found
        found |= more


ERRORS = errors()


def raised():
    """The calls that make an error, by file; of a class that a variable holds, the call that raises it."""
    functions = {n.name for tree in MODULES.values() for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
    for file, tree in MODULES.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            of_a_variable = node.func.id.islower() and node.func.id not in functions
            if node.func.id in ERRORS or (of_a_variable and any(word.arg == "expected" for word in node.keywords)):
                yield file, node


MADE = list(raised())


def test_each_error_says_what_to_do():
    silent = []
    for file, call in MADE:
        said = next((keyword.value for keyword in call.keywords if keyword.arg == "todo"), None)
        empty = said is None or (isinstance(said, ast.Constant) and not said.value)
        if empty and not any(keyword.arg is None for keyword in call.keywords):
            silent.append(f"{file}:{call.lineno}")
    assert silent == []
    assert len(MADE) > 200  # what is searched for is found


def remedies():
    """The texts of each `todo`, with a star for what is put in at run time."""
    for file, call in MADE:
        for keyword in call.keywords:
            if keyword.arg == "todo":
                for node in ast.walk(keyword.value):
                    if isinstance(node, ast.JoinedStr):
                        parts = (part.value if isinstance(part, ast.Constant) else "*" for part in node.values)
                        yield file, call.lineno, "".join(map(str, parts))
                    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                        yield file, node.lineno, node.value


def commands_in(text):
    return [(name, OPTION.findall(rest)) for name, rest in TYPED.findall(text)]


NAMED = [(file, line, *one) for file, line, text in remedies() for one in commands_in(text)]


def test_commands_are_found_in_texts():
    assert commands_in("run `cradle build --wait`, then cradle study check x --json") == [
        ("build", ["--wait"]),
        ("study check", ["--json"]),
    ]
    assert len({name for _, _, name, _ in NAMED}) > 5


@pytest.mark.parametrize("name", sorted({name for _, _, name, _ in NAMED}))
def test_a_command_that_a_remedy_names_can_be_typed(name):
    command = typer.main.get_command(app)
    for word in name.split():
        assert word in command.commands, [f"{file}:{line}" for file, line, named, _ in NAMED if named == name]
        command = command.commands[word]
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    unknown = [
        f"{file}:{line} {one}"
        for file, line, named, options in NAMED
        if named == name
        for one in options
        if one not in known
    ]
    assert unknown == []
