import duckdb
import pytest

from exports.write import write_export
from tests.unit.exports.conftest import TABLES

VIEWS = """
create schema answers;
create view answers.large_runs as with large as (select * from marts.runs where energy_kwh > 1)
    select run_id, sum(energy_kwh) as energy_kwh from large group by run_id;
comment on view answers.large_runs is 'What did it''s runs take? One row a run.';
comment on column answers.large_runs.run_id is 'The run.';
create view answers.of_staging as from staging.not_exported;
"""


@pytest.fixture
def done(make_warehouse, tmp_path):
    return write_export(make_warehouse(TABLES + VIEWS), tmp_path / "out", "duckdb")


def test_a_saved_view_goes_with_the_tables_it_is_made_of(done, tmp_path):
    moved = (tmp_path / "out" / "cradle.duckdb").rename(tmp_path / "moved.duckdb")
    for attached in (False, True):
        with duckdb.connect() if attached else duckdb.connect(str(moved), read_only=True) as con:
            if attached:
                con.execute(f"attach '{moved}' as mine (read_only)")
            name = "mine.answers.large_runs" if attached else "answers.large_runs"
            assert con.execute(f"from {name}").fetchall() == [("a", 4.0)]
            comment = "select comment from duckdb_views() where view_name = 'large_runs'"
            assert con.execute(comment).fetchall() == [("What did it's runs take? One row a run.",)]
            columns = "select column_name, comment from duckdb_columns() where table_name = 'large_runs' order by all"
            assert con.execute(columns).fetchall() == [("energy_kwh", None), ("run_id", "The run.")]


def test_a_view_of_what_the_file_lacks_is_left_out_and_that_is_said(done, tmp_path):
    with duckdb.connect(str(tmp_path / "out" / "cradle.duckdb"), read_only=True) as con:
        assert con.execute("select view_name from duckdb_views() where schema_name = 'answers'").fetchall() == [
            ("large_runs",)
        ]
    assert done.notes == ["cradle.duckdb lacks tables of the saved views of_staging: they are left out"]
