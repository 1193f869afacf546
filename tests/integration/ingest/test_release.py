import contextlib
import hashlib
import json
import shutil

import duckdb
import pytest
import yaml

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


@pytest.fixture
def three_packs(bundled):
    """Two more sources, one under each share-alike licence, pulled and bundled beside the open one."""
    licences = {
        "device_tables": ("share-alike", "odbl", "ODbL-1.0"),
        "card_studies": ("share-alike", "by-sa", "CC-BY-SA-4.0"),
    }
    for source_id, (redistributable, pack, licence_id) in licences.items():
        folder = bundled.root / "ingest" / source_id
        shutil.copytree(bundled.root / "ingest" / "power_plants", folder)
        sidecar = yaml.safe_load((folder / "source.yml").read_text())
        sidecar |= {"source_id": source_id, "redistributable": redistributable, "licence_pack": pack}
        sidecar["licence"] |= {"id": licence_id, "name": licence_id}
        (folder / "source.yml").write_text(yaml.safe_dump(sidecar, sort_keys=False))
        (folder / "release.py").write_text(SELECT)
    assert main(["pull", "--mirror", str(bundled.root)]) == 0
    assert main(["release"]) == 0
    return bundled


def files_of(project):
    folder = project.root / "release"
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def test_each_pack_has_its_tables_and_its_licences(three_packs):
    assert files_of(three_packs) == [
        "by-sa/LICENCE.md",
        "by-sa/card_studies__plants.csv",
        "by-sa/card_studies__towns.csv",
        "manifest.json",
        "odbl/LICENCE.md",
        "odbl/device_tables__plants.csv",
        "odbl/device_tables__towns.csv",
        "open/LICENCE.md",
        "open/power_plants__plants.csv",
        "open/power_plants__towns.csv",
    ]
    pages = {
        pack: (three_packs.root / "release" / pack / "LICENCE.md").read_text() for pack in ("open", "odbl", "by-sa")
    }
    assert "Share alike" not in pages["open"]
    for pack, licence in (("odbl", "ODbL-1.0"), ("by-sa", "CC-BY-SA-4.0")):
        assert "must be shared under that licence too" in pages[pack]
        assert f"(`{licence}`)" in pages[pack]
        assert "that of the code" in pages[pack]
    assert "ODbL-1.0" not in pages["by-sa"].split("\n## ")[1]


def test_all_packs_land_some_columns_only(three_packs):
    forget_what_is_landed(three_packs)
    assert land_bundle(three_packs) == ["card_studies", "device_tables", "power_plants"]
    assert rows(three_packs, "select name, power_mw from raw.card_studies__plants") == [("Achères", None)]
    assert rows(three_packs, "select count(power_mw) from raw.power_plants__plants") == [(2,)]
    assert rows(three_packs, "select source_id, origin from raw.landed order by all") == [
        ("card_studies", "bundled"),
        ("device_tables", "bundled"),
        ("power_plants", "bundled"),
    ]


def test_one_source_is_released_anew_and_the_other_packs_stay(three_packs):
    before = {name: (three_packs.root / "release" / name).read_bytes() for name in files_of(three_packs)}
    assert main(["release", "card_studies"]) == 0
    assert {name: (three_packs.root / "release" / name).read_bytes() for name in files_of(three_packs)} == before


def test_a_source_that_may_no_longer_be_passed_on_leaves_the_bundle(three_packs):
    file = three_packs.root / "ingest" / "card_studies" / "source.yml"
    file.write_text(
        file.read_text().replace("redistributable: share-alike", "redistributable: 'no'").replace("by-sa", "null")
    )
    assert main(["release", "power_plants"]) == 0
    assert [name for name in files_of(three_packs) if name.startswith("by-sa")] == []
    manifest = json.loads((three_packs.root / "release" / "manifest.json").read_text())
    assert {table["source_id"] for table in manifest["tables"]} == {"device_tables", "power_plants"}


def test_a_source_that_moves_to_another_pack_leaves_nothing_behind(three_packs):
    file = three_packs.root / "ingest" / "device_tables" / "source.yml"
    file.write_text(file.read_text().replace("licence_pack: odbl", "licence_pack: open"))
    assert main(["release"]) == 0
    assert [name for name in files_of(three_packs) if name.startswith("odbl")] == []
    assert "open/device_tables__plants.csv" in files_of(three_packs)


def test_files_of_the_users_own_in_the_bundles_folder_stay(bundled):
    bundled.write("release/raw/upstream.csv", "a\n1\n")
    assert main(["release"]) == 0
    assert "raw/upstream.csv" in files_of(bundled)


def test_a_table_without_rows_is_bundled_and_lands(bundled):
    bundled.write("ingest/power_plants/release.py", SELECT.replace('!= "Brest"', '== "Caen"'))
    assert main(["release"]) == 0
    table = json.loads((bundled.root / "release" / "manifest.json").read_text())["tables"][0]
    assert table["rows"] == 0
    forget_what_is_landed(bundled)
    assert land_bundle(bundled) == ["power_plants"]
    assert rows(bundled, "from raw.power_plants__plants") == []
    assert rows(bundled, "select column_name, column_type from (describe raw.power_plants__plants) order by all") == [
        ("file_sha256", "VARCHAR"),
        ("name", "VARCHAR"),
        ("power_mw", "VARCHAR"),
        ("release_id", "VARCHAR"),
        ("row_number", "BIGINT"),
        ("source_id", "VARCHAR"),
    ]
    assert rows(bundled, "select rows from raw.landed") == [(2,)]


def test_a_bundle_without_any_row_lands(bundled):
    code = "def select(landed):\n    return {name: frame.clear() for name, frame in landed.items()}\n"
    bundled.write("ingest/power_plants/release.py", code)
    assert main(["release"]) == 0
    forget_what_is_landed(bundled)
    assert land_bundle(bundled) == ["power_plants"]
    assert rows(bundled, "select release_id, rows from raw.landed") == [("2025", 0)]


def test_a_column_that_only_the_manifest_leaves_out_lands_anew(bundled):
    forget_what_is_landed(bundled)
    land_bundle(bundled)
    manifest = bundled.root / "release" / "manifest.json"
    content = json.loads(manifest.read_text())
    content["tables"][0]["left_out"] = ["fuel"]
    manifest.write_text(json.dumps(content))
    assert land_bundle(bundled) == ["power_plants"]
    assert rows(bundled, "select distinct fuel from raw.power_plants__plants") == [(None,)]


TOLD_ONCE = """
TOLD_ONCE = ("release_id", "file_sha256", "source_id")


def select(landed):
    return landed
"""


def test_lineage_that_the_manifest_tells_once_lands_in_each_row(bundled):
    before = {table: rows(bundled, f"from raw.power_plants__{table}") for table in ("plants", "towns")}
    bundled.write("ingest/power_plants/release.py", TOLD_ONCE)
    assert main(["release"]) == 0
    content = (bundled.root / "release/open/power_plants__plants.csv").read_text()
    assert content.startswith("name,power_mw,row_number,licence_id\n")
    forget_what_is_landed(bundled)
    assert land_bundle(bundled) == ["power_plants"]
    assert {table: rows(bundled, f"from raw.power_plants__{table}") for table in before} == before
    assert rows(bundled, "select origin, release_id, rows from raw.landed") == [("bundled", "2025", 4)]
    assert land_bundle(bundled) == []
    manifest = bundled.root / "release/manifest.json"
    manifest.write_text(manifest.read_text().replace('"release_id": "2025"', '"release_id": "2026"'))
    assert land_bundle(bundled) == ["power_plants"]
    assert rows(bundled, "select distinct release_id from raw.power_plants__plants") == [("2026",)]


@pytest.mark.parametrize(
    ("columns", "complaint"),
    [('("name",)', "name may not be told once"), ('("row_number",)', "row_number may not be told once")],
)
def test_no_other_column_is_told_once(bundled, refused, columns, complaint):
    bundled.write(
        "ingest/power_plants/release.py", TOLD_ONCE.replace('("release_id", "file_sha256", "source_id")', columns)
    )
    assert complaint in refused("release")


def test_a_column_with_two_values_is_not_told_once(three_packs, refused):
    three_packs.write("ingest/power_plants/release.py", TOLD_ONCE)
    with duckdb.connect(str(three_packs.landing)) as con:
        con.execute("update raw.power_plants__plants set release_id = 'other' where row_number = 1")
    assert "release_id holds 2 values" in refused("release", "power_plants")


def test_a_column_of_the_bundles_own_name_is_refused(project, refused):
    project.write("plants.csv", "name,licence_id\nA,CC0-1.0\n")
    sha256 = hashlib.sha256((project.root / "plants.csv").read_bytes()).hexdigest()
    project.sidecar(known_files=[{"sha256": sha256, "release_id": "test"}])
    assert main(["pull", "power_plants", "--file", str(project.root / "plants.csv")]) == 0
    assert "plants has a column licence_id of its own" in refused("release")


class Killed(BaseException):
    """Ends a run at once; what a dead process cannot do is kept from being done."""


def bundle_of(project):
    folder = project.root / "release"
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("moment", range(8))
def test_a_release_that_is_killed_between_two_files_is_the_old_or_the_new_one(bundled, monkeypatch, moment):
    from ingest import bundle_writing
    from ingest.bundle import read_manifest

    old = bundle_of(bundled)
    plants = bundled.write("newer.csv", "name,power_mw\nCaen,3\n")
    bundled.sidecar(
        version="2026", download=[{"url": "file:newer.csv", "sha256": hashlib.sha256(plants.read_bytes()).hexdigest()}]
    )
    assert main(["pull", "power_plants", "--mirror", str(bundled.root)]) == 0
    steps = iter(range(99))

    def killed_at(real):
        def step(*args, **more):
            if next(steps) == moment:
                raise Killed
            return real(*args, **more)

        return step

    with monkeypatch.context() as patch:
        patch.setattr(bundle_writing.os, "replace", killed_at(bundle_writing.os.replace))
        patch.setattr(bundle_writing.Path, "rename", killed_at(bundle_writing.Path.rename))
        patch.setattr(bundle_writing.shutil, "rmtree", lambda *_, **__: None)
        with contextlib.suppress(Killed):
            assert main(["release"]) == 0
    read_manifest(bundled.root / "release")  # as the next build does
    assert not (bundled.root / "release" / ".ready").exists()
    whole = {name: content for name, content in bundle_of(bundled).items() if not name.startswith(".")}
    assert main(["release"]) == 0
    assert whole in (old, bundle_of(bundled))
    assert bundle_of(bundled) != old
    assert not list((bundled.root / "release").glob(".*"))
