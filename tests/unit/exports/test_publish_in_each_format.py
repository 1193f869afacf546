"""What may not be passed on is in no format, and data under a share-alike licence stand in files of their own."""

import duckdb
import openpyxl
import pytest

from exports.write import write_export
from tests.unit.exports.test_lca import TABLES

ODBL = TABLES.format("base", "ODbL-1.0")


@pytest.fixture
def publish(make_warehouse, tmp_path):
    def write(form, without_packs=()):
        done = write_export(make_warehouse(ODBL), tmp_path / "out", form, publish=True, without_packs=without_packs)
        return {file.path.name: file for file in done.written}

    return write


def states(rows):
    return [(row["scenario_id"], row["state"], row["factor_value"]) for row in rows]


def rows_of_sheet(file):
    head, *rows = openpyxl.load_workbook(file.path)["impacts"].iter_rows(values_only=True)
    return states([dict(zip(head, row, strict=True)) for row in rows])


def rows_of_duckdb(file):
    with duckdb.connect(str(file.path), read_only=True) as con:
        return con.execute("select scenario_id, state, factor_value from marts.impacts").fetchall()


@pytest.mark.parametrize(
    ("form", "open_file", "apart"),
    [
        ("csv", "impacts.csv", "impacts.odbl.csv"),
        ("excel", "cradle.xlsx", "cradle.odbl.xlsx"),
        ("duckdb", "cradle.duckdb", "cradle.odbl.duckdb"),
    ],
)
def test_share_alike_data_stand_in_files_of_their_own(publish, form, open_file, apart):
    files = publish(form)
    assert "ODbL-1.0" not in files[open_file].licence_set
    assert set(files[apart].licence_set) == {"ODbL-1.0"}
    if form == "csv":
        with duckdb.connect() as con:
            found = con.execute(f"select factor_id from read_csv('{files[apart].path}')").fetchall()
        assert found == [("f2",)]
    else:
        read = rows_of_sheet if form == "excel" else rows_of_duckdb
        assert read(files[apart]) == [("half", "modelled", 0.5)]
        assert all(value != 0.5 for _, _, value in read(files[open_file]))


def test_a_withheld_result_is_an_empty_cell_with_its_state(publish):
    file = publish("duckdb", ["odbl"])["cradle.duckdb"]
    assert ("half", "withheld", None) in rows_of_duckdb(file)


def test_the_workbook_says_what_is_not_in_it(publish):
    book = openpyxl.load_workbook(publish("excel", ["odbl"])["cradle.xlsx"].path)
    said = [str(row[0]) for row in book["README"].iter_rows(values_only=True)]
    at = said.index("Not in this workbook")
    assert any(line.startswith("impacts: 1 rows with numbers withheld") for line in said[at:])
