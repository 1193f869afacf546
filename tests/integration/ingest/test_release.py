import hashlib
import json

import duckdb
import pytest

from cradle.cli import main

SELECT = """
import polars as pl


def select(landed):
    plants = landed["plants"].filter(pl.col("name") != "Brest").drop("power_mw")
    return {"plants": plants, "towns": landed["towns"]}
"""


def rows(project, query):
    with duckdb.connect(str(project.landing), read_only=True) as con:
        return con.execute(query).fetchall()


def land_bundle(project):
    from ingest.bundle import land_bundle
    from ingest.sidecar import discover

    return land_bundle(discover(project.root / "ingest"), project.root / "release", project.landing)


@pytest.fixture
def bundled(project, pinned):
    """The tiny project with the pinned file pulled and a bundle written from it."""
    project.write("plants.csv", pinned.decode())
    assert main(["pull", "--mirror", str(project.root)]) == 0
    assert main(["release"]) == 0
    return project


def forget_what_is_landed(project):
    project.landing.unlink()


def test_a_bundle_lands_the_rows_it_was_written_from(bundled):
    before = {table: rows(bundled, f"from raw.power_plants__{table}") for table in ("plants", "towns")}
    described = rows(bundled, "describe raw.power_plants__plants")
    forget_what_is_landed(bundled)
    assert land_bundle(bundled) == ["power_plants"]
    assert {table: rows(bundled, f"from raw.power_plants__{table}") for table in before} == before
    assert rows(bundled, "describe raw.power_plants__plants") == described
    assert rows(bundled, "select origin, release_id, rows from raw.landed") == [("bundled", "2025", 4)]


def test_the_files_are_plain_and_each_row_carries_its_licence(bundled):
    content = (bundled.root / "release" / "open" / "power_plants__plants.csv").read_bytes()
    header, first, *_ = content.decode().split("\n")
    assert header == "name,power_mw,source_id,release_id,file_sha256,row_number,licence_id"
    assert first.endswith(",1,CC-BY-4.0")
    assert b"\r" not in content
    licence = (bundled.root / "release" / "open" / "LICENCE.md").read_text()
    assert "https://creativecommons.org/licenses/by/4.0/" in licence
    assert "The Producer (2025), Power plants" in licence
    table = json.loads((bundled.root / "release" / "manifest.json").read_text())["tables"][0]
    assert table["sha256"] == hashlib.sha256(content).hexdigest()
    assert (table["rows"], table["bytes"]) == (2, len(content))


def test_a_release_written_twice_is_the_same(bundled):
    before = {f: f.read_bytes() for f in (bundled.root / "release").rglob("*") if f.is_file()}
    forget_what_is_landed(bundled)
    land_bundle(bundled)
    assert main(["release"]) == 0
    assert {f: f.read_bytes() for f in (bundled.root / "release").rglob("*") if f.is_file()} == before


def test_null_and_empty_text_stay_apart(project):
    project.write("plants.csv", 'name,power_mw\nA,\nB,""\n"x,""y""\nz",NA\n')
    content = (project.root / "plants.csv").read_bytes()
    known = [{"sha256": hashlib.sha256(content).hexdigest(), "release_id": "test"}]
    project.sidecar(known_files=known)
    assert main(["pull", "power_plants", "--file", str(project.root / "plants.csv")]) == 0
    query = "select name, power_mw, release_id from raw.power_plants__plants order by row_number"
    before = rows(project, query)
    assert {(None,), ("",)} < set(rows(project, "select power_mw from raw.power_plants__plants"))
    assert main(["release"]) == 0
    forget_what_is_landed(project)
    land_bundle(project)
    assert rows(project, query) == before


def test_columns_that_the_bundle_leaves_out_land_as_null(bundled):
    bundled.write("ingest/power_plants/release.py", SELECT)
    assert main(["release"]) == 0
    forget_what_is_landed(bundled)
    land_bundle(bundled)
    assert rows(bundled, "select name, power_mw from raw.power_plants__plants") == [("Achères", None)]


def test_the_bundle_does_not_overwrite_a_pull_but_replaces_an_older_bundle(bundled):
    assert land_bundle(bundled) == []
    assert rows(bundled, "select origin from raw.landed") == [("pulled",)]
    forget_what_is_landed(bundled)
    assert land_bundle(bundled) == ["power_plants"]
    assert land_bundle(bundled) == []
    bundled.write("ingest/power_plants/release.py", SELECT)
    assert main(["release"]) == 0
    assert land_bundle(bundled) == ["power_plants"]
    assert rows(bundled, "select count(*) from raw.power_plants__plants") == [(1,)]
    assert main(["pull", "--mirror", str(bundled.root)]) == 0
    assert rows(bundled, "select origin, rows from raw.landed") == [("pulled", 4)]


def test_a_damaged_bundle_is_refused_and_lands_nothing(bundled, dbt_here):
    forget_what_is_landed(bundled)
    file = bundled.root / "release" / "open" / "power_plants__towns.csv"
    file.write_bytes(file.read_bytes().replace(b"Brest", b"Breast"))
    done = dbt_here(bundled, "build")
    assert done.returncode == 2
    assert "Traceback" not in done.stdout + done.stderr
    assert "the bundled release is damaged" in done.stdout
    assert f"where: {file}" in done.stdout
    assert "expected: " in done.stdout
    assert f"got: {len(file.read_bytes())} bytes with sha256 " in done.stdout
    assert "git checkout -- release" in done.stdout
    assert rows(bundled, "from raw.landed") == []


@pytest.mark.parametrize("text", ["{", '{"tables": [{"table": "x"}]}'])
def test_a_damaged_manifest_is_refused(bundled, refused, text):
    bundled.write("release/manifest.json", text)
    message = refused("sources")
    assert "the bundled release is damaged" in message
    assert "manifest.json" in message


def test_a_missing_manifest_beside_tables_is_refused(bundled, refused):
    (bundled.root / "release" / "manifest.json").unlink()
    message = refused("sources")
    assert "the bundled release is damaged" in message and "no such file" in message


def test_a_source_that_may_not_be_passed_on_is_not_bundled(bundled, refused):
    bundled.sidecar(redistributable="no", licence_pack=None)
    message = refused("release", "power_plants")
    assert "source power_plants may not be bundled" in message
    assert "got: redistributable no, licence_pack null" in message


def test_a_source_that_is_not_landed_is_not_bundled(project, refused):
    assert "run `cradle pull power_plants` first" in refused("release", "power_plants")


def test_an_unknown_file_is_not_bundled(project, refused):
    assert main(["pull", "power_plants", "--file", str(project.root / "plants.csv")]) == 0
    message = refused("release", "power_plants")
    assert "got: file-" in message
    assert "known_files" in message


@pytest.mark.parametrize(
    ("select", "complaint"),
    [
        ('landed["plants"].with_columns(name=pl.lit("x"))', "plants has rows that are not landed"),
        ('landed["plants"].with_columns(more=pl.lit("x"))', "plants has a new column more"),
        ('landed["plants"].drop("row_number")', "plants lacks row_number"),
    ],
)
def test_release_py_may_only_select(bundled, refused, select, complaint):
    code = f'import polars as pl\n\n\ndef select(landed):\n    return landed | {{"plants": {select}}}\n'
    bundled.write("ingest/power_plants/release.py", code)
    before = (bundled.root / "release" / "manifest.json").read_bytes()
    message = refused("release")
    assert f"got: {complaint}" in message
    assert (bundled.root / "release" / "manifest.json").read_bytes() == before
