"""`cradle sql` reads the samples beside the warehouse, no other file, and writes none."""

from pathlib import Path

import duckdb
import pytest

from cradle.query import QueryError, ask


@pytest.fixture
def home(tmp_path) -> Path:
    traces = tmp_path / "it's here" / "traces"
    traces.mkdir(parents=True)
    (traces.parent / "secret.csv").write_text("word\nopen sesame\n")
    with duckdb.connect(str(traces.parent / "cradle.duckdb")) as con:
        file = str(traces / "mine-1.parquet").replace("'", "''")
        con.execute(f"copy (select 7 as value) to '{file}' (format parquet)")
        con.execute(f"create schema raw; create view raw.power__samples as from read_parquet('{file}')")
    return traces.parent


def _asked(home: Path, query: str) -> str:
    return ask(home / "cradle.duckdb", query.replace("{home}", str(home).replace("'", "''")), "csv")


def test_the_samples_are_read(home):
    assert _asked(home, "select value from raw.power__samples") == "value\n7\n"
    assert _asked(home, "select 1 as one; select sum(value) as total from raw.power__samples") == "total\n7\n"


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_csv('{home}/secret.csv')",
        "select * from '{home}/traces/../secret.csv'",
        "select * from read_text('{home}/traces/link.parquet')",
        "select * from read_blob('{home}/traces')",
        "select * from glob('{home}/*')",
        "select * from '/etc/passwd'",
        "copy (select 1) to '{home}/traces/mine-1.parquet'",
        "copy (select 1) to '{home}/traces/new.parquet'",
        "select 1; copy (select 1) to '{home}/traces/mine-1.parquet'",
        "explain analyze copy (select 1) to '{home}/traces/mine-1.parquet'",
        "prepare p as copy (select 1) to '{home}/traces/mine-1.parquet'; execute p",
        "select * from query('copy (select 1) to ''{home}/traces/mine-1.parquet''')",
        "export database '{home}/traces'",
        "attach '{home}/traces/mine-1.parquet' as other",
        "set allowed_paths = ['/etc/passwd']",
        "set enable_external_access = true",
    ],
)
def test_no_other_file_is_read_and_none_is_written(home, query):
    (home / "traces" / "link.parquet").symlink_to(home / "secret.csv")
    before = {file: file.read_bytes() for file in home.rglob("*") if file.is_file()}
    with pytest.raises(QueryError):
        _asked(home, query)
    assert {file: file.read_bytes() for file in home.rglob("*") if file.is_file()} == before
