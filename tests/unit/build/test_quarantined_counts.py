"""What a build says of the rows it refused adds up with the rows that a pull said it landed."""

import duckdb
import pytest

from cradle.build import quarantined

REJECT, VOID = "{'severity': 'reject_row'}", "{'severity': 'void_cell'}"


@pytest.fixture
def warehouse(tmp_path):
    def make(**tables: list[tuple[str, int, str]]):
        with duckdb.connect(str(tmp_path / "cradle.duckdb")) as con:
            con.execute("create schema contracts")
            for name, rows in tables.items():
                con.execute(
                    f"create table contracts.{name} (source_id varchar, row_number bigint,"
                    " violations struct(severity varchar)[])"
                )
                for source_id, row_number, violations in rows:
                    con.execute(f"insert into contracts.{name} values ('{source_id}', {row_number}, [{violations}])")
        return tmp_path / "cradle.duckdb"

    return make


def test_each_cell_of_a_wide_table_counts(warehouse):
    # row 1 of the file has three values: two are rejected, one of them by two checks
    cells = [("t", 1, f"{REJECT}, {REJECT}"), ("t", 1, REJECT), ("t", 1, ""), ("t", 2, VOID)]
    assert quarantined(warehouse(t__cells=cells)) == [("t", 2, 1)]


def test_rows_of_one_number_in_two_tables_are_two(warehouse):
    assert quarantined(warehouse(s__a=[("s", 7, REJECT)], s__b=[("s", 7, f"{REJECT}, {VOID}")])) == [("s", 2, 1)]


def test_nothing_is_said_of_a_source_without_findings(warehouse):
    assert quarantined(warehouse(s__a=[("s", 1, "")], u__a=[])) == []


def test_a_warehouse_without_contracts_has_nothing_to_say(warehouse):
    assert quarantined(warehouse()) == []
