"""Wide tables, as CSV and as workbooks: one column an indicator, units in the header or in a row of their own."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from cradle.errors import ParseError
from ingest.reference_tables.parse import parse
from tests.unit.reference_tables.conftest import findings

HEADER = ["Item", "Stage", "Unit", "Country", "GWP (kg CO2 eq)", "ADPe [kg Sb eq]", "PE (MJ)", "MIPS (kg)", "Source"]
SERVER = ["Server A", "Manufacturing", "item", "France", "1200.5", "0.12", "15000", "7", "invented"]
END = ["Server A", "End of life", "item", "France", "-3.5", "", "20", "7", "invented"]


@pytest.fixture
def csv_file(tmp_path):
    def write(*rows: list[str], delimiter: str = ";") -> Path:
        file = tmp_path / "w.csv"
        file.write_text("\n".join(delimiter.join(row) for row in rows) + "\n", encoding="utf-8")
        return file

    return write


@pytest.fixture
def workbook(tmp_path):
    def write(*rows: list, merge: str | None = None) -> Path:
        book = Workbook()
        for row in rows:
            book.active.append([float(cell) if str(cell).replace(".", "").isdigit() else cell for cell in row])
        if merge:
            book.active.merge_cells(merge)
        book.save(tmp_path / "w.xlsx")
        return tmp_path / "w.xlsx"

    return write


def cell(row: list, column: int, text: object) -> list:
    return [*row[:column], text, *row[column + 1 :]]


def test_each_cell_is_a_row_with_its_column_unit_and_place_in_the_file(csv_file, checked, wide):
    rows = checked(csv_file(HEADER, SERVER, END), wide)
    told = rows.select("row_number", "file_column", "criterion", "value", "amount_unit", "life_cycle_stage").rows()
    assert told == [
        (1, "GWP (kg CO2 eq)", "GWP", 1200.5, "kgCO2e", "manufacturing"),
        (1, "ADPe [kg Sb eq]", "ADPe", 0.12, "kgSbe", "manufacturing"),
        (1, "PE (MJ)", "PE", 15000.0, "MJ", "manufacturing"),
        (2, "GWP (kg CO2 eq)", "GWP", -3.5, "kgCO2e", "end_of_life"),
        (2, "ADPe [kg Sb eq]", "ADPe", None, "kgSbe", "end_of_life"),
        (2, "PE (MJ)", "PE", 20.0, "MJ", "end_of_life"),
    ]
    assert findings(rows) == set()


def test_a_workbook_says_the_same_as_the_csv(csv_file, workbook, checked, wide):
    left_out = ("value_as_printed", "yearly_electricity_as_stated")
    one, other = (
        checked(file, wide).drop(left_out) for file in (csv_file(HEADER, SERVER, END), workbook(HEADER, SERVER, END))
    )
    assert one.equals(other)


def test_units_may_stand_in_a_row_of_their_own(csv_file, checked, wide):
    units = ["", "", "", "", "kg CO2 eq", "kg Sb eq", "MJ", "kg", ""]
    bare = ["Item", "Stage", "Unit", "Country", "GWP", "ADPe", "PE", "MIPS", "Source"]
    with_row = wide.model_copy(update={"file": wide.file.model_copy(update={"units_row": 2})})
    one = checked(csv_file(bare, units, SERVER), with_row)
    assert one["amount_unit"].to_list() == ["kgCO2e", "kgSbe", "MJ"] and one["row_number"].to_list() == [1, 1, 1]


def test_thirty_indicators_and_more_are_taken(csv_file, checked, wide):
    labels = [label for criterion in wide.criteria for label in criterion.labels[:2]][:34]
    units = {c.indicator_id: c for c in wide.criteria}
    assert len(units) == 24
    header = [
        "Item",
        "Stage",
        "Unit",
        "Country",
        *(f'"{label}"' for label in labels[::2]),
        "MIPS",
        "CRU",
        "MFR",
        "Source",
    ]
    row = ["a", "Use", "item", "", *("1" for _ in labels[::2]), "1", "1", "1", "s"]
    assert checked(csv_file(header, row), wide).height == len(labels[::2])


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (cell(SERVER, 4, "1200,5"), {("GWP (kg CO2 eq)", "parses_as(Float64)", "1200,5")}),
        (cell(SERVER, 4, "=B2*2"), {("GWP (kg CO2 eq)", "parses_as(Float64)", "=B2*2")}),
        (cell(SERVER, 5, "1e400"), {("ADPe [kg Sb eq]", "parses_as(Float64)", "1e400")}),
        # one bad word breaks all cells of its row
        (
            cell(SERVER, 1, "Cooking"),
            {(column, "stage.is_in_the_mapping", "Cooking") for column in HEADER[4:7]},
        ),
        (
            cell(SERVER, 2, "furlong"),
            {(column, "reference_unit_as_stated.is_in_the_mapping", "furlong") for column in HEADER[4:7]},
        ),
    ],
)
def test_a_bad_cell_is_told_by_row_and_column_of_the_file(csv_file, checked, wide, row, expected):
    found = findings(checked(csv_file(HEADER, row, END), wide))
    assert found == {(1, *finding, "reject_row") for finding in expected}


def test_a_unit_that_is_not_known_or_not_of_the_indicator_is_found_in_its_column(csv_file, checked, wide):
    header = cell(cell(HEADER, 4, "GWP (furlong)"), 6, "PE (kg)")
    assert findings(checked(csv_file(header, SERVER), wide)) == {
        (1, "GWP (furlong)", "amount_unit_as_stated.is_in_the_mapping", "furlong", "reject_row"),
        (1, "PE (kg)", "amount_unit_as_stated.is_a_unit_of_the_indicator", "kg", "reject_row"),
    }


def test_millijoules_are_no_megajoules(csv_file, checked, wide):
    (found,) = findings(checked(csv_file(cell(HEADER, 6, "PE (mJ)"), SERVER), wide))
    assert found[1:4] == ("PE (mJ)", "amount_unit_as_stated.is_in_the_mapping", "mJ")


def test_an_indicator_without_any_unit_is_found(csv_file, checked, wide):
    (found,) = findings(checked(csv_file(cell(HEADER, 4, "GWP"), SERVER), wide))
    assert found[1:4] == ("GWP", "criterion.has_a_unit", "GWP")


def test_two_rows_for_one_item_and_stage_are_found_cell_by_cell(csv_file, checked, wide):
    other = cell(SERVER, 4, "999")
    assert findings(checked(csv_file(HEADER, SERVER, other), wide)) == {
        (1, "GWP (kg CO2 eq)", "cell_has_one_value", "1200.5", "reject_row"),
        (2, "GWP (kg CO2 eq)", "cell_has_one_value", "999", "reject_row"),
        (2, "ADPe [kg Sb eq]", "cell_is_not_repeated", "0.12", "reject_row"),
        (2, "PE (MJ)", "cell_is_not_repeated", "15000", "reject_row"),
    }


def test_dates_and_formulas_of_a_workbook_are_no_numbers(workbook, checked, wide):
    dated = cell(cell(SERVER, 4, date(2026, 5, 1)), 6, "=1+1")
    assert findings(checked(workbook(HEADER, dated), wide)) == {
        (1, "GWP (kg CO2 eq)", "parses_as(Float64)", "2026-05-01", "reject_row"),
        (1, "PE (MJ)", "parses_as(Float64)", "=1+1", "reject_row"),
    }


@pytest.mark.parametrize("merge", ["E1:F1", "A2:A3"])
def test_merged_cells_are_refused(workbook, wide, merge):
    with pytest.raises(ParseError, match="merged"):
        parse(workbook(HEADER, SERVER, END, merge=merge), wide)


def test_a_workbook_with_xml_entities_is_refused(workbook, wide, tmp_path):
    import zipfile

    with zipfile.ZipFile(workbook(HEADER, SERVER)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    bomb = b'<!DOCTYPE x [<!ENTITY a "1234567890"><!ENTITY b "&a;&a;&a;">]>'
    parts[sheet] = bomb + parts[sheet]
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    with pytest.raises(ParseError):
        parse(tmp_path / "bomb.xlsx", wide)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (cell(HEADER, 4, "Wellbeing (points)"), "'Wellbeing"),
        (cell(HEADER, 4, "PE (MJ)"), "twice"),
        ([*HEADER[:4], "MIPS", "HWD", "CRU", "MFR", "Source"], "no column of an indicator"),
    ],
)
def test_columns_that_the_mapping_does_not_name_are_refused(csv_file, wide, header, message):
    with pytest.raises(ParseError, match=message):
        parse(csv_file(header, SERVER), wide)


def test_a_decimal_comma_is_the_mappings_to_say(csv_file, checked, wide):
    commas = wide.model_copy(update={"file": wide.file.model_copy(update={"decimal_mark": ","})})
    rows = checked(csv_file(HEADER, cell(SERVER, 4, "1200,5")), commas)
    assert rows["value"][0] == 1200.5
    assert findings(rows) == {(1, "ADPe [kg Sb eq]", "parses_as(Float64)", "0.12", "reject_row")}


def test_a_table_that_would_not_fit_into_memory_is_refused(csv_file, wide, monkeypatch):
    from ingest.reference_tables import parse as module

    monkeypatch.setattr(module, "CELLS_MAX", 5)
    with pytest.raises(ParseError, match=r"2 rows of 3 indicators"):
        parse(csv_file(HEADER, SERVER, END), wide)


def test_a_table_of_too_many_cells_is_refused_though_they_are_empty(csv_file, monkeypatch, wide):
    monkeypatch.setattr("ingest.reference_tables.grid.GRID_MAX", 26)
    with pytest.raises(ParseError, match="too large"):
        parse(csv_file(HEADER, SERVER, [*END[:4], *[""] * 5]), wide)


SECOND = {
    "another word for the stage": (1, "Fabrication"),
    "another case of the item": (0, "SERVER  a"),
    "another name of the place": (3, "FRA"),
    "another unit of the same name": (2, "piece"),
}


@pytest.mark.parametrize("how", SECOND)
@pytest.mark.parametrize(
    ("value", "rejected"),
    [("1200.5", {(2, "cell_is_not_repeated")}), ("7", {(1, "cell_has_one_value"), (2, "cell_has_one_value")})],
)
def test_two_rows_for_one_cell_are_found_however_its_words_are_written(csv_file, checked, wide, how, value, rejected):
    second = cell(cell(SERVER, *SECOND[how]), 4, value)
    found = findings(checked(csv_file(HEADER[:5] + HEADER[8:], SERVER[:5] + SERVER[8:], second[:5] + second[8:]), wide))
    assert {(row, check) for row, _, check, *_ in found} == rejected


@pytest.mark.parametrize(
    ("grams", "check", "columns"),
    [
        ("300", "cell_is_not_repeated", {"GWP (g CO2 eq)"}),
        ("0.3", "cell_has_one_value", {"GWP (g CO2 eq)", "Climate change (kg CO2 eq)"}),
    ],
)
def test_two_columns_of_one_indicator_are_one_cell_in_any_unit(csv_file, checked, wide, grams, check, columns):
    header = ["Item", "Stage", "Unit", "Country", "Climate change (kg CO2 eq)", "GWP (g CO2 eq)", "Source"]
    found = findings(checked(csv_file(header, ["a", "Use", "item", "", "0.3", grams, "s"]), wide))
    assert {(column, name) for _, column, name, *_ in found} == {(column, check) for column in columns}
