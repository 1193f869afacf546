"""DuckDB reads the samples of a Parquet file as they are stored, and the guard finds where it did not.

int_power__count_intervals and the landing (`ingest.power.file_order`) take the row before from that order.
"""

from pathlib import Path

import duckdb
import pytest

from cradle.paths import PROJECT_ROOT

GUARD = PROJECT_ROOT / "tests/singular/samples_are_read_as_they_are_stored.sql"


def found_by_the_guard(classes: str, *, is_in_order: bool = True) -> int:
    con = duckdb.connect()
    con.execute(
        "create table int_power__count_intervals (channel_key int, interval_class int, usable_samples bigint,"
        f" intervals bigint, shortest_us bigint); insert into int_power__count_intervals values {classes}"
    )
    con.execute(f"create table stg_power__channels as select 1 as channel_key, {is_in_order} as is_in_order")
    sql = GUARD.read_text(encoding="utf-8").replace("{{ ref('", "").replace("') }}", "")
    return len(con.execute(sql).fetchall())


def test_samples_in_order_pass() -> None:
    assert found_by_the_guard("(1, -1, 2, 1, 0), (1, 318, 9, 9, 1000000)") == 0


@pytest.mark.parametrize(
    "classes",
    [
        pytest.param("(1, -1, 2, 1, -5000000), (1, 318, 8, 8, 1000000)", id="a block of the channel stands elsewhere"),
        pytest.param("(1, -1, 2, 0, null), (1, 318, 8, 8, 1000000)", id="rows of another channel stand between"),
    ],
)
def test_another_order_is_found(classes: str) -> None:
    assert found_by_the_guard(classes) == 1
    assert found_by_the_guard(classes, is_in_order=False) == 0, "such a channel is sorted and not read as stored"


def test_the_row_before_is_that_of_the_file_with_many_threads(tmp_path: Path) -> None:
    file, groups = tmp_path / "samples.parquet", 200
    duckdb.execute(f"copy (from range({groups} * 2048) as r (i)) to '{file}' (format parquet, row_group_size 2048)")
    con = duckdb.connect()
    con.execute("set threads = 8")
    wrong, rows = con.execute(
        f"select count(case when before is distinct from nullif(i - 1, -1) then 1 end), count(*)"
        f" from (select i, lag(i) over () as before from read_parquet('{file}') where i >= 0)"
    ).fetchone()
    assert (wrong, rows) == (0, groups * 2048)
