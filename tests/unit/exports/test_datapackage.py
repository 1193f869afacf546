import hashlib
import json

import duckdb
import frictionless
import pytest

from cradle import __version__
from exports.datapackage import field_type
from exports.parquet import write_parquet


@pytest.fixture
def exported(make_warehouse, tmp_path):
    write_parquet(make_warehouse(), tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture
def package(exported):
    return json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))


def test_frictionless_takes_it(package):
    frictionless.Package.from_descriptor(package)
    package["resources"][0].pop("name")
    with pytest.raises(frictionless.FrictionlessException, match="name"):
        frictionless.Package.from_descriptor(package)


def test_it_names_the_version_the_licences_and_the_sources(package):
    assert package["version"] == __version__
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0", "etalab-2.0"]
    assert [source["source_id"] for source in package["sources"]] == ["base", "paper"]


def test_each_file_is_the_one_described(exported, package):
    assert [resource["name"] for resource in package["resources"]] == ["empty_one", "results", "runs", "sources"]
    for resource in package["resources"]:
        file = exported / resource["path"]
        assert resource["bytes"] == file.stat().st_size
        assert resource["hash"] == "sha256:" + hashlib.sha256(file.read_bytes()).hexdigest()
        with duckdb.connect() as con:
            assert con.execute(f"select count(*) from read_parquet('{file}')").fetchall() == [(resource["rows"],)]


def test_a_resource_names_its_own_sources_and_licences(package):
    runs = package["resources"][2]
    assert [source["source_id"] for source in runs["sources"]] == ["base"]
    assert [licence["name"] for licence in runs["licenses"]] == ["etalab-2.0"]
    assert runs["licence_set"] == ["etalab-2.0"]


def test_the_schema_says_type_unit_and_key(package):
    schema = package["resources"][2]["schema"]
    fields = {field["name"]: field for field in schema["fields"]}
    assert schema["primaryKey"] == ["run_id", "part"]
    assert fields["energy_kwh"] == {
        "name": "energy_kwh",
        "type": "number",
        "description": "Energy drawn by the run.",
        "unit": "kWh",
        "null_meaning": "the meter was off",
        "constraints": {"required": True},
    }
    assert (fields["terms"]["type"], fields["tags"]["type"]) == ("array", "object")


def test_a_key_of_one_column_is_unique(package):
    source_id = package["resources"][3]["schema"]["fields"][0]
    assert source_id["constraints"] == {"required": True, "unique": True}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("'x'", "string"),
        ("cast('a' as enum('a', 'b'))", "string"),
        ("uuid()", "string"),
        ("cast(1 as hugeint)", "integer"),
        ("cast(1 as utinyint)", "integer"),
        ("cast(1 as decimal(10, 2))", "number"),
        ("cast(1 as float)", "number"),
        ("true", "boolean"),
        ("date '2024-01-01'", "date"),
        ("time '10:00:00'", "time"),
        ("timestamp '2024-01-01 10:00:00'", "datetime"),
        ("timestamptz '2024-01-01 10:00:00+00'", "datetime"),
        ("[1, 2]", "array"),
        ("cast([1, 2] as integer[2])", "array"),
        ("[{'a': 1}]", "array"),
        ("{'a': [1]}", "object"),
        ("map {'a': 1}", "object"),
        ("interval '1' day", "duration"),
    ],
)
def test_every_kind_of_column_has_a_type(expression, expected):
    with duckdb.connect() as con:
        [(duckdb_type,)] = con.execute(f"select typeof({expression})").fetchall()
    assert field_type(duckdb_type)[0] == expected
