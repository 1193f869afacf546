"""The export of the real warehouse: the same rows, every column explained, readable as a data package."""

import hashlib
import json
import re

import duckdb
import frictionless
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cradle.dictionary import IN_COLUMN, load
from cradle.units import registry
from exports.parquet import write_parquet
from tests.integration.never_empty import wrongly_never_empty


@pytest.fixture(scope="module")
def exported(built_warehouse, tmp_path_factory):
    out = tmp_path_factory.mktemp("export") / "parquet"
    return out, write_parquet(built_warehouse, out)


def test_every_mart_is_exported_with_the_same_rows(built_warehouse, exported):
    out, written = exported
    with duckdb.connect(str(built_warehouse), read_only=True) as con:
        marts = con.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts' order by all"
        ).fetchall()
        assert [file.table.name for file in written] == [name for (name,) in marts]
        for (name,) in marts:
            file = f"read_parquet('{out / name}.parquet')"
            assert con.execute(f"from marts.{name} except all from {file}").fetchall() == [], name
            assert con.execute(f"from {file} except all from marts.{name}").fetchall() == [], name


def test_every_column_is_described_and_every_unit_parses(exported):
    silent, units = [], set()
    for file in exported[1]:
        for field in pq.read_schema(file.path):
            metadata = field.metadata or {}
            if not metadata.get(b"description"):
                silent.append(f"{file.table.name}.{field.name}")
            units.add(metadata.get(b"unit", b"1").decode())
    assert silent == []
    for unit in units:
        if not unit.startswith(IN_COLUMN):
            registry().parse_units(unit)
    assert len(units) > 1


def test_every_number_has_a_unit_or_a_column_that_holds_it(exported):
    known = set(load())
    for file in exported[1]:
        schema = pq.read_schema(file.path)
        for field in schema:
            if not pa.types.is_floating(field.type):
                continue
            unit = (field.metadata or {}).get(b"unit", b"").decode()
            assert unit, f"{file.table.name}.{field.name}"
            if unit.startswith(IN_COLUMN):
                named = set(re.findall(r"[a-z_]+", unit)) & known
                assert named & set(schema.names), f"{file.table.name}.{field.name}: {unit}"


def test_every_table_says_its_grain_and_its_sources(exported):
    for file in exported[1]:
        metadata = pq.read_schema(file.path).metadata
        assert b"one row" in metadata[b"description"].lower(), file.table.name
        assert not file.rows or json.loads(metadata[b"licences"]), file.table.name


def test_the_data_package_is_valid_and_names_each_file_as_it_is(exported):
    out, written = exported
    package = frictionless.Package.from_descriptor(str(out / "datapackage.json"))
    assert {resource.path for resource in package.resources} == {file.path.name for file in written}
    for resource in package.resources:
        assert resource.hash == "sha256:" + hashlib.sha256((out / resource.path).read_bytes()).hexdigest()


def test_a_second_export_is_the_same_to_the_byte(built_warehouse, exported, tmp_path):
    again = write_parquet(built_warehouse, tmp_path / "again")
    assert [file.sha256 for file in again] == [file.sha256 for file in exported[1]]


def test_a_column_that_is_said_to_be_never_empty_is_never_empty(built_warehouse):
    with duckdb.connect(str(built_warehouse), read_only=True) as con:
        assert wrongly_never_empty(con) == [], "say in dictionary/*.yml what an empty cell means"
