"""A disk with no more room (a limit on the size of files stands in for it): one message, and what was good stays."""

import hashlib

import duckdb
import pytest
from file_server import serving

from ingest.bundle import read_manifest

ROWS = 20_000


def plants(version):
    lines = [f"plant {number} of some longer name,{version}" for number in range(ROWS)]
    return "\n".join(["name,power_mw", *lines, ""]).encode()


def publish(project, bodies, version):
    content = plants(version)
    bodies[f"/data/{version}/plants.csv"] = content
    sha256 = hashlib.sha256(content).hexdigest()
    project.sidecar(download=[{"url": f"https://example.org/data/{version}/plants.csv", "sha256": sha256}])
    return len(content)


def run_in_little_room(project, most_bytes, *command):
    code = (
        "import sys, pathlib, resource, cradle.paths as p;"
        f"p.PROJECT_ROOT = pathlib.Path({str(project.root)!r});"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most_bytes}, {most_bytes}));"
        "from cradle.cli import main; sys.exit(main())"
    )
    done = project.finish(project.start("-c", code, *command, NO_PROXY="127.0.0.1"))
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert done.stderr.count("what to do") == 1, done.stderr
    return done.stderr


def landed(project):
    with duckdb.connect(str(project.landing), read_only=True) as con:
        return con.sql("select count(*), any_value(power_mw) from raw.power_plants__plants").fetchall()


@pytest.fixture
def server_of(built):
    bodies = {}
    with serving(bodies) as url:
        yield built, bodies, url


def test_a_download_that_finds_no_room(server_of):
    project, bodies, url = server_of
    size = publish(project, bodies, 1)
    message = run_in_little_room(project, size - 1000, "pull", "power_plants", "--mirror", url)
    assert "could not be kept; what was landed before is untouched" in message
    assert "File too large" in message
    assert not list((project.root / "warehouse" / "cache").glob("*/*/*"))
    assert landed(project) == [(2, "12")]


def test_a_landing_that_finds_no_room(server_of):
    project, bodies, url = server_of
    publish(project, bodies, 1)
    assert project.cradle("pull", "power_plants", "--mirror", url, NO_PROXY="127.0.0.1").returncode == 0
    size = publish(project, bodies, 2)
    message = run_in_little_room(project, size + 1, "pull", "power_plants", "--mirror", url)
    assert "source power_plants could not be landed; what was landed before is untouched" in message
    assert "expected: a disk with room for it" in message
    assert landed(project) == [(ROWS, "1")]
    assert project.cradle("pull", "power_plants", "--mirror", url, NO_PROXY="127.0.0.1").returncode == 0
    assert landed(project) == [(ROWS, "2")]


def test_a_build_that_finds_no_room(built):
    before = hashlib.sha256(built.database.read_bytes()).hexdigest()
    built.write("models/big.sql", "select range as a, random() as b, uuid() as c from range(1000000)\n")
    message = run_in_little_room(built, 4 << 20, "build", "--no-export")
    assert "the build failed" in message
    assert "is untouched" in message
    assert hashlib.sha256(built.database.read_bytes()).hexdigest() == before
    assert built.cradle("build", "--no-export").returncode == 0


def test_a_release_that_finds_no_room(server_of):
    project, bodies, url = server_of
    publish(project, bodies, 1)
    assert project.cradle("pull", "power_plants", "--mirror", url, NO_PROXY="127.0.0.1").returncode == 0
    assert project.cradle("release").returncode == 0
    before = read_manifest(project.root / "release")
    publish(project, bodies, 2)
    assert project.cradle("pull", "power_plants", "--mirror", url, NO_PROXY="127.0.0.1").returncode == 0
    message = run_in_little_room(project, 100_000, "release")
    assert "File too large" in message
    assert read_manifest(project.root / "release") == before
    assert not list((project.root / "release").glob(".*"))
