import hashlib
import json
import os
import pty
import signal
import subprocess
import sys
import time

import duckdb
import pytest

HOLD = "import sys, time; from pathlib import Path; from ingest.lock import acquire; h = acquire(Path(sys.argv[1]));"
BAD_MODEL = "select cast(name as double) as number from {{ ref('plants') }}\n"


@pytest.fixture
def other_build(built):
    """Another process that holds the build lock for some seconds."""
    running = []

    def hold(seconds):
        running.append(built.start("-c", f"{HOLD} print('held', flush=True); time.sleep({seconds})", built.database))
        assert running[-1].stdout.readline() == "held\n"
        return running[-1]

    yield hold
    for process in running:
        process.kill()
        process.communicate()


def sha256(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def read(project, query):
    with duckdb.connect(str(project.database), read_only=True) as con:
        return con.execute(query).fetchall()


def test_a_build_publishes_raw_seeds_and_marts(built):
    assert read(built, "select name, power_mw from marts.plants order by 1") == [("Achères", 12.0), ("Brest", 7.5)]
    assert read(built, "select source_id, origin, rows, kind from raw.sources") == [
        ("power_plants", "user_file", 4, "dataset")
    ]
    seed = built.root / "seeds" / "colours.csv"
    assert read(built, "from raw.seed_files") == [
        ("colours", "seeds/colours.csv", sha256(seed), len(seed.read_bytes()))
    ]
    assert read(built, "select outcome from raw.ingest_log") == [("landed",)]


def test_a_build_in_a_pipe_tells_its_stages_and_ends_with_what_comes_next(built):
    done = built.cradle("build", "--no-export")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line.partition(":")[0] for line in lines[:1]] == ["landing and parsing"]
    assert "seeds: 1 table, 2 rows, 0 s" in lines, done.stdout
    assert any(line.startswith("marts: 1 table, 2 rows, ") for line in lines)
    assert any(line.startswith("built in ") and "2 rows in the marts; no warnings" in line for line in lines)
    assert "  next: cradle report" in done.stdout
    assert "START" not in done.stdout
    assert "\x1b" not in done.stdout + done.stderr
    note = json.loads(built.database.with_name("cradle.duckdb.build.json").read_text(encoding="utf-8"))
    assert note["rows"] == 2
    assert note["landed"].keys() == {"power_plants"}
    assert "seeds/colours.csv" in note["inputs"]


def test_a_build_on_a_terminal_shows_one_live_line_that_is_gone_at_the_end(built):
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "wb") as end:
        code = f"import pathlib, cradle.paths as p; p.PROJECT_ROOT = pathlib.Path({str(built.root)!r});"
        build = subprocess.Popen(
            [sys.executable, "-c", f"{code} from cradle.cli import main; main()", "build", "--no-export"],
            cwd=built.root,
            env=built.environment(TERM="xterm", COLUMNS="140", CI=""),
            stdout=end,
            stderr=end,
        )
    text = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux says so when the other side is closed
            break
        if not piece:
            break
        text += piece
    os.close(ours)
    assert build.wait() == 0
    said = text.decode()
    assert "of 2 tables" in said
    assert said.rindex("\x1b[?25h") > said.rindex("\x1b[?25l")
    assert "building" not in said[said.rindex("built in ") :]


def test_a_failed_build_leaves_the_published_file_as_it_was(built):
    before = sha256(built.database)
    built.write("models/bad.sql", BAD_MODEL)
    done = built.cradle("build")
    assert done.returncode == 2
    assert "Traceback" not in done.stdout + done.stderr
    assert "cradle: the build failed: 1 failed" in done.stderr
    assert "bad (error): " in done.stderr
    assert "Could not convert string 'Achères' to DOUBLE" in done.stderr
    assert f"the last good warehouse {built.database} is untouched" in done.stderr
    assert sha256(built.database) == before
    note = json.loads(built.database.with_name("cradle.duckdb.build.json").read_text(encoding="utf-8"))
    assert note["failed"] == ["bad"]
    assert note["log"].endswith("dbt.log")


@pytest.mark.parametrize("command", ["dbt", "cradle"])
def test_a_second_build_stops_at_once_and_says_who_builds(built, other_build, command):
    before, holder = sha256(built.database), other_build(60)
    done = getattr(built, command)("build")
    message = done.stdout + done.stderr
    assert done.returncode == 2
    assert "Traceback" not in message
    assert message.count("another build is running on this warehouse") == 1
    assert f"where: {built.database}.lock" in message
    assert f"got: it is held by pid {holder.pid}: " in message
    assert "what to do: wait for that build" in message
    assert "CRADLE_WAIT_S=<seconds>" in message
    assert holder.poll() is None
    assert sha256(built.database) == before


def test_a_second_build_waits_when_told_to(built, other_build):
    holder = other_build(60)
    waiting = built.start_dbt("build", CRADLE_WAIT_S="60")
    assert "waiting for it" in waiting.stderr.readline()
    holder.kill()
    stdout, _ = waiting.communicate(timeout=60)
    assert waiting.returncode == 0, stdout


def test_a_wait_that_is_no_number(built, dbt_here):
    done = dbt_here(built, "build", CRADLE_WAIT_S="long")
    assert done.returncode == 2
    assert "Traceback" not in done.stdout
    assert "CRADLE_WAIT_S is not a number of seconds" in done.stdout
    assert "got: long" in done.stdout


def test_commands_that_only_look_are_not_blocked_by_a_build(built, other_build):
    other_build(60)
    done = built.dbt("show", "--select", "plants")
    assert done.returncode == 0, done.stdout
    assert "Achères" in done.stdout
    assert "a build is running: reading the published" in done.stderr


def test_a_partial_build_is_not_published_and_an_orphan_goes_with_the_next_whole_one(built, dbt_here):
    before = sha256(built.database)
    built.write("models/more.sql", "select name from {{ ref('plants') }}\n")
    done = dbt_here(built, "build", "--select", "more")
    assert done.returncode == 0
    assert "not published: 2 nodes were not run" in done.stdout
    assert sha256(built.database) == before
    (built.root / "models" / "more.sql").unlink()
    done = dbt_here(built, "build")
    assert "dropping marts.more: no node makes it any more" in done.stdout
    assert read(built, "select table_name from information_schema.tables where table_schema = 'marts'") == [("plants",)]


def test_an_empty_build_is_not_published(built, dbt_here):
    before = sha256(built.database)
    assert "not published: built on a part of the rows" in dbt_here(built, "build", "--empty").stdout
    assert sha256(built.database) == before


def test_a_wal_that_a_dead_writer_left_does_not_spoil_the_new_file(built, dbt_here):
    code = (
        f"import duckdb, os; con = duckdb.connect({str(built.database)!r});"
        "con.execute('create table own as select 1'); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    wal = built.database.with_name("cradle.duckdb.wal")
    assert wal.exists()
    done = dbt_here(built, "build")
    assert done.returncode == 0, done.stdout
    assert f"removing {wal}" in done.stderr
    assert read(built, "select count(*) from marts.plants") == [(2,)]


def test_the_working_directory_does_not_matter(built, dbt_here, tmp_path):
    where = {"cwd": tmp_path, "CRADLE_DB": "elsewhere/other.duckdb"}
    file = str(built.root / "plants.csv")
    assert built.cradle("pull", "power_plants", "--file", file, **where).returncode == 0
    done = dbt_here(built, "build", "--project-dir", str(built.root), **where)
    assert done.returncode == 0, done.stdout
    assert (built.root / "elsewhere" / "other.duckdb").is_file()
    assert not (tmp_path / "elsewhere").exists()


def test_a_faulty_sidecar_stops_the_build_with_a_message(built, dbt_here):
    built.sidecar(licens="MIT")
    done = dbt_here(built, "build")
    assert done.returncode == 2
    assert "Traceback" not in done.stdout
    assert "got: unknown key 'licens'" in done.stdout


def test_a_database_name_that_would_make_dbt_work_in_the_published_file(built, dbt_here):
    done = dbt_here(built, "build", CRADLE_DB=str(built.root / "other.db"))
    assert done.returncode == 2
    assert "Traceback" not in done.stdout
    assert "dbt would work in the published warehouse itself" in done.stdout
    assert "what to do: set CRADLE_DB to a name that ends in .duckdb" in done.stdout
    assert not (built.root / "other.db").exists()


def test_ctrl_c_in_a_build_leaves_the_published_file_and_prints_one_message(built):
    before = sha256(built.database)
    built.write("models/slow.sql", "select sum(a.range * b.range) as x from range(10000000) a, range(5000) b\n")
    build = built.start_cradle("build", "--verbose")
    for line in build.stdout:
        if "START sql table model marts.slow" in line:
            break
    time.sleep(1)  # an interrupt before DuckDB has begun the query does not stop it
    build.send_signal(signal.SIGINT)
    done = built.finish(build)
    assert done.returncode == 2
    assert "Traceback" not in done.stdout
    assert done.stderr == "cradle: stopped by Ctrl-C; nothing was left half done\n"
    assert sha256(built.database) == before


def test_a_source_that_is_not_landed_is_named(built, dbt_here):
    built.landing.unlink()
    done = dbt_here(built, "parse")
    assert done.returncode == 0
    done = dbt_here(built, "build", "--full-refresh")
    assert "source power_plants is not landed: run `cradle pull power_plants`" in done.stderr
