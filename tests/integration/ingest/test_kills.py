"""kill -9 at random moments: what was good still opens whole, the next run completes, no row is lost or doubled.

CRADLE_KILLS is how many runs are killed (8 by default), CRADLE_KILLS_SEED the seed of the moments.
"""

import contextlib
import hashlib
import os
import random
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field

import duckdb
import pyarrow.parquet as pq
import pytest
from file_server import serving
from tiny_project import TinyProject, make_tiny_project

from exports.folder import DESCRIPTOR
from ingest.bundle import read_manifest

KILLS = int(os.environ.get("CRADLE_KILLS", "8"))
SEED = int(os.environ.get("CRADLE_KILLS_SEED", "4"))
ROWS = 20_000
BIG_MODEL = "select cast(range as varchar) as name, range as number from range(200000)\n"
# what an export asks of a warehouse
SOURCES_MODEL = """
select
    'power_plants' as source_id, 'Power plants' as title, '1' as version, 'https://example.org' as landing_page,
    'CC-BY-4.0' as licence_id, 'CC BY 4.0' as licence_name, 'https://example.org' as licence_url,
    'The Producer' as citation, 1 as bytes
"""


def plants(version):
    """The published file of a version: one row more than the last, and each says which version it is of."""
    lines = [f"plant {number},{version}" for number in range(ROWS + version)]
    return "\n".join(["name,power_mw", *lines, ""]).encode()


@dataclass
class Victim:
    """A tiny project, what is whole in it, and the moments at which its runs are killed."""

    project: TinyProject
    bodies: dict[str, bytes]
    url: str
    moments: random.Random
    usual_s: dict[str, float] = field(default_factory=dict)
    killed: list[str] = field(default_factory=list)

    def publish(self, version):
        """Pin and serve the file of another version."""
        content = plants(version)
        self.bodies[f"/data/{version}/plants.csv"] = content
        download = {
            "url": f"https://example.org/data/{version}/plants.csv",
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
        }
        self.project.sidecar(download=[download], version=str(version))

    def start(self, *command):
        return self.project.start_cradle(*command, NO_PROXY="127.0.0.1")

    def run(self, *command):
        started = time.monotonic()
        done = self.project.finish(self.start(*command))
        assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}{done.stderr[-4000:]}"
        self.usual_s[command[0]] = time.monotonic() - started  # the last one tells best how busy the machine is

    def kill(self, *command):
        """Start a command and kill it and its children at a random moment; imports come first, so not too early."""
        process = self.start(*command)
        moment = self.moments.uniform(0.25, 0.95) * self.usual_s[command[0]]
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=moment)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            self.killed.append(f"{command[0]} after {moment:.2f} s")
        process.communicate()

    def pull(self):
        return ("pull", "--all", "--mirror", self.url)

    def landed_version(self):
        """The version whose rows are landed, all of them and each once; None before the first."""
        if not self.project.landing.is_file() or self.project.landing.stat().st_size < 12_288:
            return None
        with duckdb.connect(str(self.project.landing), read_only=True) as con:
            tables = {name for (name,) in con.sql("select table_name from duckdb_tables()").fetchall()}
            if "landed" not in tables:
                return None
            state = con.sql("select rows, release_id from raw.landed").fetchall()
            if not state:
                assert not {"power_plants__plants", "power_plants__towns"} & tables
                return None
            ((rows, release),) = state
            version = _whole(con.sql("select name, power_mw from raw.power_plants__plants").fetchall())
            towns = con.sql("select count(*), count(distinct row_number) from raw.power_plants__towns").fetchall()
            numbers = con.sql("select ingest_id from raw.ingest_log order by all").fetchall()
        assert release == str(version)
        assert rows == 2 * (ROWS + version)
        assert towns == [(ROWS + version, ROWS + version)]
        assert numbers == [(number,) for number in range(1, len(numbers) + 1)]
        return version

    def published_version(self):
        """The version in the published warehouse."""
        with duckdb.connect(str(self.project.database), read_only=True) as con:
            assert con.sql("select count(*) from marts.big").fetchall() == [(200_000,)]
            return _whole(con.sql("select name, power_mw from marts.plants").fetchall())

    def bundled_version(self):
        """The version in the bundle, which is whole."""
        folder = self.project.root / "release"
        for table in read_manifest(folder):
            content = (folder / table["file"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == table["sha256"]
        lines = (folder / "open" / "power_plants__plants.csv").read_text().splitlines()[1:]
        return _whole([tuple(line.split(",")[:2]) for line in lines])

    def exported_version(self):
        """The version in the exported folder, which is whole."""
        folder = self.project.root / "dist" / "parquet"
        assert {file.name for file in folder.iterdir()} == {
            DESCRIPTOR,
            "big.parquet",
            "plants.parquet",
            "sources.parquet",
        }
        assert pq.read_metadata(folder / "big.parquet").num_rows == 200_000
        table = pq.read_table(folder / "plants.parquet", columns=["name", "power_mw"])
        return _whole(list(zip(*table.to_pydict().values(), strict=True)))

    def leftovers(self):
        """What a run that ended well must not leave of one that was killed."""
        folder, dist = self.project.root / "warehouse", self.project.root / "dist"
        found = [*folder.glob("cache/download-*"), *folder.glob("*.next*"), *folder.glob("*.wal")]
        found += [*dist.glob(".*"), *(self.project.root / "release").glob(".*")]
        return [str(file.relative_to(self.project.root)) for file in found]


def _whole(rows):
    ((version,), names) = {int(float(power)) for _, power in rows}, [name for name, _ in rows]
    assert len(names) == len(set(names)) == ROWS + version, "no row is lost or doubled"
    return version


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A tiny project with version 1 pulled, built, exported and bundled."""
    project = make_tiny_project(tmp_path_factory.mktemp("kills") / "project")
    project.write("models/big.sql", BIG_MODEL)
    project.write("models/sources.sql", SOURCES_MODEL)
    victim = Victim(project, {}, "", random.Random(SEED))
    victim.publish(1)
    with serving(victim.bodies) as victim.url:
        victim.run(*victim.pull())
    for command in (["build", "--no-export"], ["export", "--out", "dist/parquet"], ["release"]):
        victim.run(*command)
    return victim


@pytest.fixture
def victim(first, tmp_path):
    project = TinyProject(shutil.copytree(first.project.root, tmp_path / "project"))
    bodies = {}
    with serving(bodies) as url:
        yield Victim(project, bodies, url, random.Random(SEED), dict(first.usual_s))


def share(of_eight):
    return max(1, round(KILLS * of_eight / 8))


def test_killed_pulls_and_releases(victim):
    releases = share(1)
    for version in range(2, 2 + share(3)):
        victim.publish(version)
        victim.kill(*victim.pull())
        assert victim.landed_version() in (version - 1, version)
        assert victim.project.cradle("sources").returncode == 0
        victim.run(*victim.pull())
        assert victim.landed_version() == version
        if version < 2 + releases:
            victim.kill("release")
            assert victim.bundled_version() in (version - 1, version)
            victim.run("release")
            assert victim.bundled_version() == version
        assert victim.leftovers() == []
    assert victim.killed
    print(SEED, victim.killed)


def test_killed_first_pulls(victim):
    for _ in range(share(1)):
        shutil.rmtree(victim.project.root / "warehouse")
        victim.publish(1)
        victim.kill(*victim.pull())
        assert victim.landed_version() in (None, 1)
        victim.run(*victim.pull())
        assert victim.landed_version() == 1
        assert victim.leftovers() == []
    print(SEED, victim.killed)


def test_killed_builds_and_exports(victim):
    exports = share(1)
    for version in range(2, 2 + share(2)):
        victim.publish(version)
        victim.run(*victim.pull())
        victim.kill("build", "--no-export")
        assert victim.published_version() in (version - 1, version)
        victim.run("build", "--no-export")
        assert victim.published_version() == version
        assert victim.landed_version() == version
        if version < 2 + exports:
            before = victim.exported_version()
            victim.kill("export", "--out", "dist/parquet")
            assert victim.exported_version() in (before, version)
            victim.run("export", "--out", "dist/parquet")
            assert victim.exported_version() == version
        assert victim.leftovers() == []
    assert victim.killed
    print(SEED, victim.killed)


@pytest.mark.parametrize("size", [0, 100, 8192])
def test_files_whose_writing_was_cut_off_are_made_anew(victim, size):
    folder = victim.project.root / "warehouse"
    for file in (folder / "landing.duckdb", folder / "cradle.work.duckdb"):
        file.write_bytes(file.read_bytes()[:size])
    assert victim.project.cradle("sources").returncode == 0
    victim.publish(1)
    victim.run(*victim.pull())
    assert victim.landed_version() == 1
    if size == 100:
        (state,) = victim.project.root.glob("target/partial_parse.msgpack")
        state.write_bytes(state.read_bytes()[:1000])
        victim.run("build", "--no-export")
        assert victim.published_version() == 1
