import subprocess
import sys

import pytest

from cradle import __version__, paths
from cradle.cli import main


@pytest.fixture
def empty(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "PROJECT_ROOT", tmp_path)
    monkeypatch.setenv("CRADLE_DB", "warehouse/cradle.duckdb")
    return tmp_path


def test_without_arguments_it_says_what_to_do_next(empty, capsys):
    assert main([]) == 0
    assert "There is no warehouse" in (first := capsys.readouterr().out)
    assert "next: cradle build" in first
    (empty / "warehouse").mkdir()
    (empty / "warehouse" / "cradle.duckdb").touch()
    assert main([]) == 0
    assert f"The warehouse {empty / 'warehouse' / 'cradle.duckdb'}" in capsys.readouterr().out


def test_the_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"cradle {__version__}\n"


@pytest.mark.parametrize("command", ["sources", "pull", "build", "export", "release"])
def test_each_help_has_an_example(capsys, command):
    assert main([command, "--help"]) == 0
    assert f"\n    cradle {command}" in capsys.readouterr().out.split("Examples:")[1]


def test_a_mistake_in_the_arguments(capsys):
    assert main(["build", "--wiat"]) == 2
    message = capsys.readouterr().err
    assert "No such option: --wiat" in message
    assert "Traceback" not in message


def test_an_export_without_a_warehouse(empty, capsys):
    assert main(["export"]) == 2
    message = capsys.readouterr().err
    assert "there is no warehouse to export" in message
    assert f"where: {empty / 'warehouse' / 'cradle.duckdb'}" in message
    assert "build it with `make warehouse` or `cradle build`" in message


def test_a_folder_that_may_not_be_written(empty, capsys, monkeypatch):
    from ingest import commands

    def refuse(*_):
        raise PermissionError(13, "Permission denied", "/some/where")

    monkeypatch.setattr(commands, "pull_sources", refuse)
    assert main(["pull"]) == 2
    message = capsys.readouterr().err
    assert message.startswith(
        "cradle: the system refuses: Permission denied (/some/where)\n  what to do: mend the perm"
    )


def test_help_imports_nothing_heavy():
    code = "import sys, cradle.cli as c; c.main(['--help']); print(sorted({m.split('.')[0] for m in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.splitlines()[-1]
    for heavy in ("dbt", "duckdb", "pandera", "polars", "pyarrow", "pydantic", "requests", "rich"):
        assert f"'{heavy}'" not in loaded
