"""What the Tab key offers, asked as the shells ask it."""

import os
import shutil
import subprocess
import sys
import time

import duckdb
import pytest

from cradle import completion
from cradle.paths import PROJECT_ROOT

RUN = "import sys; sys.argv[0] = 'cradle'; from cradle.cli import main; sys.exit(main())"


@pytest.fixture
def warehouse(tmp_path):
    file = tmp_path / "cradle.duckdb"
    with duckdb.connect(str(file)) as con:
        con.execute("create schema marts; create schema seeds")
        con.execute("create table marts.impact_totals as select unnest(['bloom_mlca', 'bloom_open']) as scenario_id")
        con.execute("create table marts.model_cards as select 'bloom_mlca' as scenario_id")
        con.execute(
            "create table marts.impacts_by_part_stage_category as select * from (values"
            " ('bloom_mlca', 'training', 'use'), ('other', 'inference', 'use'),"
            " ('other', 'inference', 'manufacturing')) as t (scenario_id, service_part, life_cycle_stage)"
        )
        con.execute(
            "create table seeds.impact_categories as select unnest(['GWP', 'ADPe']) as impact_category,"
            " unnest([1, 2]) as position"
        )
        con.execute(
            "create table seeds.factor_sets as select unnest(['open_default', 'as_published__x']) factor_set_id"
        )
    return file


def asked(line, warehouse, shell="bash"):
    """What the shell is answered for a line of which the last word is not finished; its exit code is 0."""
    words = line.split(" ")
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        env={
            **os.environ,
            "PYTHONPATH": str(PROJECT_ROOT),
            "CRADLE_DB": str(warehouse),
            "_CRADLE_COMPLETE": f"complete_{shell}",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words) - 1),
            "_TYPER_COMPLETE_ARGS": line,
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("cradle expl", ["explain"]),
        ("cradle explain bl", ["bloom_mlca", "bloom_open"]),
        ("cradle card bl", ["bloom_mlca"]),
        ("cradle explain bloom_mlca --part ", ["training"]),
        ("cradle explain --part ", ["inference", "training"]),
        ("cradle explain bloom_mlca --stage u", ["use"]),
        ("cradle explain bloom_mlca --category G", ["GWP"]),
        ("cradle explain bloom_mlca --category ", ["ADPe", "GWP", "all"]),
        ("cradle explain bloom_mlca --format m", ["mermaid"]),
        ("cradle export --format o", ["openlca"]),
        ("cradle export --without-pack ", ["by-sa", "odbl"]),
        ("cradle pull nvidia", ["nvidia_pcf"]),
        ("cradle study new --factor-set ", ["open_default"]),
        ("cradle study rem", ["remove"]),
        ("cradle sql marts.impact_", ["marts.impact_totals"]),
        ("cradle sql service_p", ["service_part"]),
    ],
)
def test_bash_is_offered(warehouse, line, words):
    assert sorted(asked(line, warehouse).split()) == sorted(words)


def test_the_words_before_the_last_of_a_query_are_kept(monkeypatch, warehouse):
    monkeypatch.setenv("CRADLE_DB", str(warehouse))
    assert completion.words_of_sql("select 1 from marts.mo") == ["select 1 from marts.model_cards"]
    assert completion.words_of_sql("select ") == []


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_other_shells_are_offered_the_same(warehouse, shell):
    text = asked("cradle explain bloom_m", warehouse, shell)
    assert "bloom_mlca" in text
    assert "bloom_open" not in text


def test_without_a_warehouse_or_with_a_broken_one_nothing_is_offered_or_said(tmp_path):
    broken = tmp_path / "broken.duckdb"
    broken.write_text("no database", encoding="utf-8")
    for file in (tmp_path / "none.duckdb", broken):
        assert asked("cradle explain bl", file).strip() == ""
    assert asked("cradle expl", broken).strip() == "explain"
    assert not (tmp_path / "none.duckdb").exists()


def test_the_script_for_bash_works_in_bash(warehouse, tmp_path):
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    command = tmp_path / "bin" / "cradle"
    command.parent.mkdir()
    command.write_text(f"#!{sys.executable}\n{RUN}\n", encoding="utf-8")
    command.chmod(0o755)
    environment = {**os.environ, "CRADLE_DB": str(warehouse), "PYTHONPATH": str(PROJECT_ROOT)}
    script = subprocess.run(
        [command], env={**environment, "_CRADLE_COMPLETE": "source_bash"}, capture_output=True, text=True, check=True
    ).stdout
    offered = subprocess.run(
        [
            bash,
            "--norc",
            "-c",
            f"{script}\nCOMP_WORDS=(cradle explain bloom_m)\nCOMP_CWORD=2\n_cradle_completion {command}\n"
            'echo "${COMPREPLY[@]}"',
        ],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert offered.stdout == "bloom_mlca\n"


def test_help_takes_no_longer_for_it():
    """Nothing that opens the warehouse is imported until the Tab key asks; the limit is ten times what it takes."""
    code = "import sys, cradle.cli; print('duckdb' in sys.modules)"
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT_ROOT)
    assert done.stdout == "False\n"
    assert time.monotonic() - begun < 5


def test_a_name_that_a_shell_would_read_as_a_command_is_not_offered(monkeypatch):
    monkeypatch.setattr(completion, "_ask", lambda query: ["my_study", "$(touch x)", "a;b", "*", "c d"])
    assert completion.scenario_ids("") == ["my_study"]
