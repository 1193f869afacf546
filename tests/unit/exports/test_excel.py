import hashlib

import openpyxl
import pytest
import python_calamine

from cradle.errors import ExportError
from exports.excel.cells import LONGEST, as_excel, shortened, units
from exports.excel.sheets import sheet_name
from exports.excel.workbook import write_job
from exports.job import Job
from exports.part import Part
from exports.tables import read_tables, warehouse
from exports.write import write_export

SCENARIOS = """
create schema marts;
create table marts.impact_totals (
    scenario_id varchar primary key, completeness varchar, value double, flows bigint, checked date, is_ranged boolean,
    licence_set varchar
);
insert into marts.impact_totals values
    ('a', 'complete', 0.1, 3, date '2024-02-29', true, 'CC-BY-4.0'),
    ('b', 'none', null, 0, null, false, null),
    ('=HYPERLINK("https://example.org")', 'partial', -1e-12, 9007199254740991, null, null, '@SUM(A1)'),
    ('line' || chr(10) || 'break, é, ' || chr(7), 'none', null, null, null, null, null);
comment on table marts.impact_totals is 'Totals, one row a scenario.';
"""
HEAD = ["scenario_id", "completeness", "value", "flows", "checked", "is_ranged", "licence_set"]


@pytest.fixture
def export(make_warehouse, tmp_path):
    def write(sql=SCENARIOS):
        done = write_export(make_warehouse(sql), tmp_path / "out", "excel")
        return tmp_path / "out" / "cradle.xlsx", done

    return write


def test_openpyxl_reads_numbers_as_numbers_and_text_as_text(export):
    sheet = openpyxl.load_workbook(export()[0])["impact_totals"]
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[0]) == HEAD
    by_scenario = {row[0]: row for row in rows[1:]}
    assert by_scenario["a"][1:4] == ("complete", 0.1, 3)
    assert by_scenario["a"][4].date().isoformat() == "2024-02-29" and by_scenario["a"][5] is True
    assert by_scenario["b"][1:4] == ("none", None, 0)
    assert by_scenario['=HYPERLINK("https://example.org")'][2] == -1e-12
    assert by_scenario['=HYPERLINK("https://example.org")'][3] == 9007199254740991


def test_nothing_in_the_workbook_is_a_formula(export):
    book = openpyxl.load_workbook(export()[0])
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b", "d", "inlineStr"}
    risky = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(("=", "@"))]
    assert len(risky) == 3 and all(cell.quotePrefix for cell in risky)


def test_calamine_reads_the_same(export):
    book = python_calamine.CalamineWorkbook.from_path(export()[0])
    assert book.sheet_names == ["README", "data_dictionary", "impact_totals"]
    rows = book.get_sheet_by_name("impact_totals").to_python()
    assert rows[0] == HEAD
    by_scenario = {row[0]: row for row in rows[1:]}
    assert by_scenario["a"][2] == 0.1 and by_scenario["b"][2] == ""
    assert any(scenario.startswith("line\nbreak, é, ") for scenario in by_scenario)


def test_the_dictionary_and_the_page_about_itself(export):
    book = openpyxl.load_workbook(export()[0])
    rows = list(book["data_dictionary"].iter_rows(values_only=True))
    assert rows[0] == ("table", "column", "type", "unit", "null_meaning", "description")
    value = next(row for row in rows if row[1] == "value")
    assert value[0] == "impact_totals" and value[3].startswith("in unit") and "no value" in value[4]
    said = [cell for row in book["README"].iter_rows(values_only=True) for cell in row if cell]
    assert "Totals, one row a scenario." in said and "CC-BY-4.0" in said
    assert any("never 0" in str(cell) for cell in said)


def test_the_same_content_gives_the_same_bytes(export):
    first = hashlib.sha256(export()[0].read_bytes()).hexdigest()
    assert hashlib.sha256(export("select 1")[0].read_bytes()).hexdigest() == first


def test_a_text_that_a_cell_cannot_hold_is_cut_and_that_is_said(export):
    path, done = export(SCENARIOS + "update marts.impact_totals set licence_set = repeat('𝄞', 20000) where flows = 3")
    cell = openpyxl.load_workbook(path)["impact_totals"]
    [text] = [row[6] for row in cell.iter_rows(values_only=True) if row[0] == "a"]
    assert units(text) <= LONGEST and text.endswith("[cut: 20,000 characters; whole in the other formats]")
    assert done.notes == ["impact_totals, row 3, licence_set: 20,000 characters cut to what a cell holds"]
    said = [row[0] for row in openpyxl.load_workbook(path)["README"].iter_rows(values_only=True)]
    assert done.notes[0] in said


@pytest.mark.parametrize(("most", "sheets"), [(5, 1), (4, 2), (3, 2), (2, 4)])
def test_a_table_with_too_many_rows_goes_on_in_a_further_sheet(make_warehouse, tmp_path, most, sheets):
    with warehouse(make_warehouse(SCENARIOS)) as con:
        [table] = read_tables(con)
        job = Job(con, [Part(table, table.name, table.select, [], [])], [], tmp_path)
        [file] = write_job(job, most_rows=most)
    book = openpyxl.load_workbook(file.path)
    names = [name for name in book.sheetnames if name.startswith("impact_totals")]
    assert names == ["impact_totals", *(f"impact_totals ({i})" for i in range(2, sheets + 1))]
    found = [row[0] for name in names for row in list(book[name].iter_rows(values_only=True))[1:]]
    assert len(found) == len(set(found)) == file.rows == 4
    assert all(book[name].max_row <= most for name in names)
    assert len(job.notes) == (sheets > 1)


def test_names_of_sheets_are_cut_and_stay_apart():
    taken: set[str] = set()
    assert sheet_name("a" * 40, taken) == "a" * 31
    assert sheet_name("A" * 40, taken) == "A" * 27 + " (2)"
    with pytest.raises(ExportError, match="does not take"):
        sheet_name("a/b", taken)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
        (2**53 + 1, "9007199254740993"),
        (2**53, 2**53),
        ([{"a": 1}], '[{"a": 1}]'),
        (True, True),
    ],
)
def test_what_a_number_of_excel_cannot_hold_is_text(value, cell):
    assert as_excel(value) == cell and type(as_excel(value)) is type(cell)


def test_a_text_of_exactly_the_limit_is_whole():
    assert shortened("x" * LONGEST) is None
    assert units(shortened("x" * (LONGEST + 1))) == LONGEST
