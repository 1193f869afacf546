"""Who reads the published warehouse while a build works and replaces it always reads one whole state."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from ingest.dbt_plugin import Plugin

# opens the file anew for each reading, in a process of its own, until it may stop
READER = """
import json, sys, duckdb, pathlib
file, query, stop = sys.argv[1:]
while not pathlib.Path(stop).exists():
    with duckdb.connect(file, read_only=True) as con:
        print(json.dumps(con.execute(query).fetchall()), flush=True)
"""
ROWS = 20_000


class Reader:
    """Reads the file again and again in a process of its own."""

    def __init__(self, file: Path, query: str, folder: Path):
        self._stop, self._said, self._errors = folder / "stop", folder / "said", folder / "errors"
        with self._said.open("w") as said, self._errors.open("w") as errors:
            command = [sys.executable, "-c", READER, str(file), query, str(self._stop)]
            self.process = subprocess.Popen(command, stdout=said, stderr=errors)

    def answers(self) -> list:
        """The answer of each reading so far."""
        return [json.loads(line) for line in self._said.read_text().splitlines(keepends=True) if line.endswith("\n")]

    def wait_for(self, true_of) -> None:
        """Wait until the answers so far meet a condition."""
        until = time.monotonic() + 60
        while not true_of(self.answers()):
            assert self.process.poll() is None, self._errors.read_text()
            assert time.monotonic() < until, self.answers()[-3:]
            time.sleep(0.02)

    def stop(self) -> list:
        """All answers; fails where the file could not be opened and read at any time."""
        self._stop.touch()
        assert self.process.wait(timeout=60) == 0, self._errors.read_text()
        return self.answers()


@pytest.fixture
def reading(tmp_path):
    readers = []

    def start(file: Path, query: str) -> Reader:
        readers.append(Reader(file, query, tmp_path))
        readers[-1].wait_for(len)
        return readers[-1]

    yield start
    for reader in readers:
        reader.process.kill()
        reader.process.wait()


def test_a_build_does_not_disturb_readers(built, reading):
    query = "select count(*), min(name) from marts.plants"
    kept = duckdb.connect(str(built.database), read_only=True)
    try:
        assert kept.execute(query).fetchall() == [(2, "Achères")]
        file = built.write("newer.csv", "name,power_mw\nCaen,3\n")
        assert built.cradle("pull", "power_plants", "--file", str(file)).returncode == 0
        reader = reading(built.database, query)
        build = built.start_dbt("build")
        read_during_the_build = 0
        while build.poll() is None:
            assert kept.execute(query).fetchall() == [(2, "Achères")]
            read_during_the_build += 1
            time.sleep(0.02)
        done = built.finish(build)
        assert done.returncode == 0, done.stdout + done.stderr
        assert read_during_the_build > 10
        reader.wait_for(lambda answers: answers[-1] == [[1, "Caen"]])
        answers = reader.stop()
        changes = [answer for i, answer in enumerate(answers) if i == 0 or answer != answers[i - 1]]
        assert changes == [[[2, "Achères"]], [[1, "Caen"]]]
        assert answers.count([[2, "Achères"]]) > 10, "it was read while the build ran"
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            kept.execute("delete from marts.plants")
        assert kept.execute(query).fetchall() == [(2, "Achères")], "an open connection stays with its state"
        # DuckDB hands one process the database that it has open under this name
        with duckdb.connect(str(built.database), read_only=True) as again:
            assert again.execute(query).fetchall() == [(2, "Achères")]
    finally:
        kept.close()
    with duckdb.connect(str(built.database), read_only=True) as again:
        assert again.execute(query).fetchall() == [(1, "Caen")]


def test_who_opens_the_file_while_it_is_replaced_finds_one_whole_state(tmp_path, reading):
    plugin = object.__new__(Plugin)
    plugin.published = tmp_path / "cradle.duckdb"
    states = []
    for version in range(3):
        state = tmp_path / f"{version}.duckdb"
        with duckdb.connect(str(state)) as con:
            con.execute(f"create table versions as select {version} as version from range({ROWS})")
        states.append(state)
    plugin.published.write_bytes(states[0].read_bytes())
    query = "select count(*), min(version), max(version) from versions"
    reader = reading(plugin.published, query)
    replaced = 0
    while len(reader.answers()) < 100:
        assert reader.process.poll() is None
        for _ in range(20):
            fresh = Path(plugin.publish("prepare"))
            os.link(states[replaced % len(states)], fresh)
            plugin.publish("replace")
            replaced += 1
    assert replaced > 100
    assert {tuple(row) for (row,) in reader.stop()} == {(ROWS, version, version) for version in range(3)}
