import duckdb
import pytest

from cradle import __version__
from cradle.dictionary import Field
from exports.write import write_export
from tests.unit.exports.conftest import ENERGY


@pytest.fixture
def exported(make_warehouse, tmp_path):
    done = write_export(make_warehouse(), tmp_path / "out", "duckdb")
    assert [file.path.name for file in done.written] == ["cradle.duckdb"]
    with duckdb.connect(str(tmp_path / "out" / "cradle.duckdb"), read_only=True) as con:
        yield con


def test_tables_rows_and_types_are_those_of_the_marts(exported, tmp_path):
    exported.execute(f"attach '{tmp_path / 'warehouse' / 'cradle.duckdb'}' as whole (read_only)")
    for table in ("runs", "results", "sources", "empty_one"):
        assert exported.execute(f"from whole.marts.{table} except all from marts.{table}").fetchall() == []
        assert exported.execute(f"from marts.{table} except all from whole.marts.{table}").fetchall() == []
        types = "select column_name, column_type from (describe {}.marts.{})"
        assert (
            exported.execute(types.format("cradle", table)).fetchall()
            == exported.execute(types.format("whole", table)).fetchall()
        )


def test_the_comments_are_kept(exported):
    table = "select comment from duckdb_tables() where table_name = 'runs'"
    assert exported.execute(table).fetchall() == [("Measured runs, one row a run and part.",)]
    column = "select comment from duckdb_columns() where table_name = 'runs' and column_name = 'energy_kwh'"
    assert Field.from_doc("energy_kwh", exported.execute(column).fetchall()[0][0]) == ENERGY


def test_the_file_names_version_licences_and_sources(exported):
    assert exported.execute("from about.version").fetchall() == [(__version__,)]
    assert exported.execute("from about.licences").fetchall() == [("CC-BY-4.0",), ("etalab-2.0",)]
    citations = "select source_id, citation from about.sources"
    assert exported.execute(citations).fetchall() == [("base", "Producer (2024). Base."), ("paper", "Author (2023).")]


def test_the_storage_is_one_that_duckdb_1_0_reads(exported):
    found = "select tags['storage_version'] from duckdb_databases() where database_name = 'cradle'"
    assert exported.execute(found).fetchall()[0][0].startswith("v1.0.0")
