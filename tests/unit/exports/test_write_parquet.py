import hashlib
import json
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from cradle import __version__
from cradle.errors import ExportError
from exports.parquet import BATCH_ROWS, write_parquet


def contents(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def test_each_table_of_the_marts_becomes_a_file(make_warehouse, tmp_path):
    out = tmp_path / "out"
    written = write_parquet(make_warehouse(), out)
    assert {(file.table.name, file.rows) for file in written} == {
        ("empty_one", 0),
        ("results", 3),
        ("runs", 3),
        ("sources", 2),
    }
    assert sorted(contents(out)) == [
        "datapackage.json",
        *(f"{name}.parquet" for name in ("empty_one", "results", "runs", "sources")),
    ]
    assert all(file.path == out / f"{file.table.name}.parquet" for file in written)
    assert all(file.sha256 == contents(out)[file.path.name] for file in written)


def test_a_column_says_what_it_means(make_warehouse, tmp_path):
    write_parquet(make_warehouse(), tmp_path / "out")
    metadata = pq.read_schema(tmp_path / "out" / "runs.parquet").field("energy_kwh").metadata
    assert metadata == {
        b"description": b"Energy drawn by the run.",
        b"unit": b"kWh",
        b"null_meaning": b"the meter was off",
    }


def test_a_column_without_a_comment_takes_its_dictionary_record(make_warehouse, tmp_path):
    write_parquet(make_warehouse(), tmp_path / "out")
    metadata = pq.read_schema(tmp_path / "out" / "runs.parquet").field("source_id").metadata
    assert metadata[b"description"].startswith(b"The source")


def test_a_file_says_what_it_holds_and_whose_data_they_are(make_warehouse, tmp_path):
    write_parquet(make_warehouse(), tmp_path / "out")
    metadata = pq.read_schema(tmp_path / "out" / "runs.parquet").metadata
    assert metadata[b"title"] == b"Runs"
    assert metadata[b"description"] == b"Measured runs, one row a run and part."
    assert metadata[b"cradle_version"].decode() == __version__
    assert json.loads(metadata[b"primary_key"]) == ["run_id", "part"]
    assert json.loads(metadata[b"licences"]) == ["etalab-2.0"]
    assert json.loads(metadata[b"licence_set"]) == ["etalab-2.0"]
    assert [source["citation"] for source in json.loads(metadata[b"sources"])] == ["Producer (2024). Base."]


def test_computed_rows_name_the_sources_of_all_their_licences(make_warehouse, tmp_path):
    write_parquet(make_warehouse(), tmp_path / "out")
    metadata = pq.read_schema(tmp_path / "out" / "results.parquet").metadata
    assert json.loads(metadata[b"licence_set"]) == ["CC-BY-4.0", "etalab-2.0"]
    assert [source["source_id"] for source in json.loads(metadata[b"sources"])] == ["base", "paper"]


def test_a_table_that_does_not_say_names_every_source(make_warehouse, tmp_path):
    write_parquet(make_warehouse(), tmp_path / "out")
    metadata = pq.read_schema(tmp_path / "out" / "empty_one.parquet").metadata
    assert [source["source_id"] for source in json.loads(metadata[b"sources"])] == ["base", "paper"]


def test_values_and_nested_types_survive(make_warehouse, tmp_path):
    db = make_warehouse()
    write_parquet(db, tmp_path / "out")
    with duckdb.connect(str(db), read_only=True) as con:
        con.execute(f"create temp view exported as from read_parquet('{tmp_path / 'out' / 'runs.parquet'}')")
        assert con.execute("from marts.runs except all from exported").fetchall() == []
        assert con.execute("select count(*) from exported").fetchall() == [(3,)]
        types = "select column_name, column_type from (describe {})"
        assert con.execute(types.format("exported")).fetchall() == con.execute(types.format("marts.runs")).fetchall()


@pytest.mark.parametrize("key", ["", ", primary key (i)"], ids=["no key", "key"])
def test_the_same_rows_in_any_order_give_the_same_bytes(make_warehouse, tmp_path, key):
    make_warehouse(f"create schema marts; create table marts.t (s varchar, i integer, l integer[]{key})")
    rows = "select case when i % 7 > 0 then 'x' || i % 5 end, i, [i % 3, null] from range(5000) r(i)"
    db = make_warehouse(f"insert into marts.t {rows} order by i")
    write_parquet(db, tmp_path / "forwards")
    make_warehouse("delete from marts.t; checkpoint")
    make_warehouse(f"insert into marts.t {rows} order by hash(i)")
    write_parquet(db, tmp_path / "shuffled")
    assert contents(tmp_path / "forwards") == contents(tmp_path / "shuffled")


def test_a_large_table_is_written_in_parts(make_warehouse, tmp_path):
    rows = 2 * BATCH_ROWS + 1
    db = make_warehouse(f"create schema marts; create table marts.t as select i from range({rows}) r(i)")
    write_parquet(db, tmp_path / "out")
    file = pq.ParquetFile(tmp_path / "out" / "t.parquet")
    assert file.metadata.num_row_groups == 3
    assert file.read().column("i").to_pylist() == list(range(rows))


def test_files_of_tables_that_are_gone_go_too(make_warehouse, tmp_path):
    db = make_warehouse()
    write_parquet(db, tmp_path / "out")
    make_warehouse("drop table marts.empty_one")
    write_parquet(db, tmp_path / "out")
    assert sorted(contents(tmp_path / "out")) == [
        "datapackage.json",
        "results.parquet",
        "runs.parquet",
        "sources.parquet",
    ]


def test_a_failed_export_leaves_the_last_good_one(make_warehouse, tmp_path):
    db = make_warehouse()
    write_parquet(db, tmp_path / "out")
    before = contents(tmp_path / "out")
    make_warehouse(
        "insert into marts.runs values ('c', 1, 9, 'base', null, null, null, null);"
        "create view marts.unreadable as select cast(run_id as integer) as run_number from marts.runs"
    )
    with pytest.raises(ExportError, match="cannot be read"):
        write_parquet(db, tmp_path / "out")
    assert contents(tmp_path / "out") == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["out", "warehouse"]


def test_nothing_is_printed_when_piped(make_warehouse, tmp_path, capfd):
    write_parquet(make_warehouse(), tmp_path / "out")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda db: None, "there is no warehouse to export"),
        (lambda db: db.write_bytes(b"something else" * 1000), "cannot be opened"),
        (lambda db: duckdb.connect(str(db)).close(), "has no marts"),
    ],
    ids=["missing", "not DuckDB", "empty"],
)
def test_without_marts_the_error_says_what_to_do(tmp_path, prepare, message):
    db = tmp_path / "cradle.duckdb"
    prepare(db)
    with pytest.raises(ExportError, match=message) as error:
        write_parquet(db, tmp_path / "out")
    assert "cradle build" in error.value.todo
    assert not (tmp_path / "out").exists()
