"""The published export of the real warehouse: nothing is lost while all is open, and no row is of unknown origin."""

import shutil

import duckdb
import pytest

from exports.parquet import publish_parquet
from exports.publish import NAMES_ONLY, evidence
from exports.tables import read_tables, warehouse

PRODUCER = "etalab-2.0"  # the licence of the electricity factors of the scenario with open data


@pytest.fixture
def spoilt(built_warehouse, tmp_path):
    """A copy of the warehouse in which the licence of ADEME's data no longer lets them be passed on."""
    db = shutil.copyfile(built_warehouse, tmp_path / "spoilt.duckdb")
    with duckdb.connect(str(db)) as con:
        con.execute("update seeds.licences set redistributable = 'no' where licence_id = ?", [PRODUCER])
    return db


def test_every_mart_says_whose_data_it_holds(built_warehouse):
    with warehouse(built_warehouse) as con:
        silent = [table.name for table in read_tables(con) if not evidence(table) and table.name not in NAMES_ONLY]
    assert silent == []


def test_every_row_with_a_value_names_its_licences(built_warehouse):
    with duckdb.connect(str(built_warehouse), read_only=True) as con:
        for table, value in (
            ("impacts", "value"),
            ("impacts_by_part_stage_category", "value"),
            ("impact_totals", "value"),
            ("flow_amounts", "amount"),
            ("flow_amount_terms", "value"),
            ("parameter_values", "value"),
            ("published_results", "computed"),
        ):
            query = f"select count(*) from marts.{table} where {value} is not null and licence_set is null"
            assert con.execute(query).fetchall() == [(0,)], table


def test_no_row_without_licences_holds_a_number(built_warehouse):
    counted = {"modelled_flow_share", "request_rate_per_s"}  # flows are counted; the rate is that of the seed's own row
    with warehouse(built_warehouse) as con:
        found = {
            (table.name, column.name)
            for table in read_tables(con)
            # impacts names the factor, and goes with its licence
            if "licence_set" in evidence(table) and table.name not in ("impacts", *NAMES_ONLY)
            for column in table.columns
            if column.type == "DOUBLE" and column.name not in counted
            if con.execute(
                f'select 1 from marts.{table.name} where licence_set is null and "{column.name}" is not null limit 1'
            ).fetchall()
        }
    assert found == set()


def test_all_tables_are_published_and_rows_that_may_be_passed_on_are_all_there(built_warehouse, tmp_path):
    written, held_back = publish_parquet(built_warehouse, tmp_path / "out", ["odbl"])
    left_out = sum(held.rows_left_out for held in held_back)
    with warehouse(built_warehouse) as con:
        tables = {table.name for table in read_tables(con)}
        rows = sum(con.execute(f"select count(*) from marts.{name}").fetchall()[0][0] for name in tables)
    assert {file.table.name for file in written} == tables
    assert sum(file.rows for file in written) + left_out == rows


def test_results_on_data_that_may_not_be_passed_on_are_withheld(spoilt, tmp_path):
    _, held_back = publish_parquet(spoilt, tmp_path / "out", ["odbl"])
    with duckdb.connect() as con:
        con.execute(f"create view impacts as from read_parquet('{tmp_path / 'out' / 'impacts.parquet'}')")
        con.execute(f"create view totals as from read_parquet('{tmp_path / 'out' / 'impact_totals.parquet'}')")
        con.execute(f"create view factors as from read_parquet('{tmp_path / 'out' / 'factors.parquet'}')")
        states = "select state, count(value), count(amount) from impacts where licence_set like '%etalab%'"
        found = con.execute(f"{states} group by all").fetchall()
        # what was not modelled anyway is still that, without its amount
        assert ("withheld", 0, 0) in found and {state for state, *_ in found}.isdisjoint({"modelled"})
        assert all(row[1:] == (0, 0) for row in found)
        of_ademe = "select count(*) from factors where source_id = 'ademe_base_carbone'"
        assert con.execute(of_ademe).fetchall() == [(0,)]
        gwp = "select scenario_id from totals where impact_category = 'GWP' and electricity_view = 'location'"
        published = {scenario_id for (scenario_id,) in con.execute(gwp).fetchall()}
        assert "bloom_mlca" in published and "bloom_mlca_open" not in published
    assert {"factors", "impacts", "impact_totals", "impacts_by_part_stage_category"} <= {h.table for h in held_back}
