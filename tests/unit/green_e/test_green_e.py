"""A table of residual mixes in several spellings: columns and unit are found in the header, never guessed."""

from pathlib import Path

import polars as pl
import pytest

from cradle.errors import ParseError
from ingest.green_e.contract import check_residual_mixes
from ingest.green_e.parse import parse

TABLE = (
    "eGRID Subregion Acronym,eGRID Subregion Name,CO2 (lb/MWh)\nCAMX,WECC California,512.5\nERCT,ERCOT All,\nNEWE,,0\n"
)


@pytest.fixture
def table(tmp_path):
    def write(text: str, name: str = "green-e-2023-residual-mix-2021-data.csv") -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


def checked(frame: pl.DataFrame) -> pl.DataFrame:
    lineage = {"source_id": pl.lit("x"), "release_id": pl.lit("x"), "file_sha256": pl.lit("0" * 64)}
    return check_residual_mixes(frame.with_columns(**lineage))


def findings(frame: pl.DataFrame) -> set[tuple[int, str, str, str]]:
    rows = frame.select("row_number", "violations").explode("violations").drop_nulls().to_dicts()
    return {(r["row_number"], *(r["violations"][k] for k in ("column_name", "check_name", "severity"))) for r in rows}


def test_cells_keep_their_text_and_the_year_is_that_of_the_data(table):
    frame = parse(table(TABLE))["residual_mixes"]
    assert frame.drop("row_number").rows() == [
        ("CAMX", "WECC California", "2021", "512.5", "lb/MWh", "CO2"),
        ("ERCT", "ERCOT All", "2021", None, "lb/MWh", "CO2"),
        ("NEWE", None, "2021", "0", "lb/MWh", "CO2"),
    ]


@pytest.mark.parametrize(
    ("header", "unit", "gas"),
    [
        ("CO2 (lb/MWh)", "lb/MWh", "CO2"),
        ("Residual Mix Emission Rate (lbs CO2/MWh)", "lb/MWh", "CO2"),
        ("co\N{SUBSCRIPT TWO}e_rate lb per MWh", "lb/MWh", "CO2e"),
        ("Emissions Rate (lb CO2e/MWh)", "lb/MWh", "CO2e"),
        ("kgCO2/kWh", None, None),
        ("CO2 [kg CO2/kWh]", "kg/kWh", "CO2"),
        ("Residual mix (kgCO2eq/MWh)", "kg/MWh", "CO2e"),
    ],
)
def test_the_unit_is_read_from_the_header(table, header, unit, gas):
    if unit is None:  # a unit alone names no quantity
        with pytest.raises(ParseError, match="columns are not those"):
            parse(table(f"Subregion,{header}\nCAMX,1\n"))
        return
    frame = parse(table(f"Subregion,{header}\nCAMX,1\n"))["residual_mixes"]
    assert frame.select("rate_unit", "rate_gas").row(0) == (unit, gas)


def test_a_column_with_the_year_counts_and_the_name_of_the_file_does_not(table):
    frame = parse(table("Subregion,Year,CO2 (lb/MWh)\nCAMX,2020,1\nCAMX,2021,2\n", "mixes-2024.csv"))
    assert frame["residual_mixes"]["year"].to_list() == ["2020", "2021"]
    assert findings(checked(frame["residual_mixes"])) == set()


@pytest.mark.parametrize("name", ["mixes.csv", "2023-residual-mix-2021.csv"])
def test_the_year_is_asked_for_where_it_is_not_stated(table, name):
    with pytest.raises(ParseError, match="year that the values are of"):
        parse(table(TABLE, name))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("<!doctype html>", "web page"),
        ("Subregion,CO2\nCAMX,1\n", "unit of the emission rate is not stated"),
        ("Subregion,CO2 (lb/MWh) (kg/MWh)\nCAMX,1\n", "unit of the emission rate is not stated"),
        ("Subregion,CO2 (lb/MWh),CO2 (kg/MWh)\nCAMX,1,2\n", "columns are not those"),
        ("State,CO2 (lb/MWh)\nCA,1\n", "columns are not those"),
        ("Subregion,Acronym,CO2 (lb/MWh)\nCAMX,CAMX,1\n", "columns are not those"),
        ("Subregion;CO2 (lb/MWh)\nCAMX;1\n", "columns are not those"),
        ("Subregion,CO2 (lb/MWh)\n", "no rows"),
        ("Subregion,CO2 (lb/MWh)\nCAMX\n", "as many cells"),
    ],
)
def test_what_is_refused(table, text, said):
    with pytest.raises(ParseError, match=said) as error:
        parse(table(text))
    assert all(getattr(error.value, part) for part in ("what", "where", "expected", "got", "todo"))


def test_methane_beside_carbon_dioxide_is_another_column(table):
    frame = parse(table("Subregion,CO2 (lb/MWh),CH4 emission rate (lb/MWh)\nCAMX,1,2\n"))["residual_mixes"]
    assert frame["rate"].to_list() == ["1"]


def test_a_workbook_is_read_as_the_csv_is(table, tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    for row in (
        ["eGRID Subregion Acronym", "eGRID Subregion Name", "CO2 (lb/MWh)"],
        ["CAMX", "WECC California", 512.5],
    ):
        book.active.append(row)
    book.save(tmp_path / "green-e-2021.xlsx")
    found = parse(tmp_path / "green-e-2021.xlsx")["residual_mixes"]
    assert found.equals(parse(table(TABLE))["residual_mixes"].head(1))


def test_sound_rows_are_typed_and_an_empty_cell_is_a_finding(table):
    frame = checked(parse(table(TABLE))["residual_mixes"])
    assert findings(frame) == {(2, "rate", "not_nullable", "void_cell")}
    assert frame["rate"].to_list() == [512.5, None, 0.0]


@pytest.mark.parametrize(
    ("column", "text", "check", "severity"),
    [
        ("subregion", "California", "str_matches('^[A-Z]{4}$')", "reject_row"),
        ("year", "1999", "greater_than_or_equal_to(2007)", "reject_row"),
        ("rate", "-1", "greater_than_or_equal_to(0)", "void_cell"),
        ("rate", "5000", "plausible_in_its_unit", "void_cell"),
        ("rate", "1,024.5", "parses_as(Float64)", "void_cell"),
        ("rate", "512.5 lb", "parses_as(Float64)", "void_cell"),
        ("rate_unit", "g/MWh", None, "reject_row"),
    ],
)
def test_what_a_bad_cell_costs(table, column, text, check, severity):
    frame = parse(table(TABLE))["residual_mixes"]
    first = pl.col("row_number") == 1
    frame = checked(frame.with_columns(pl.when(first).then(pl.lit(text)).otherwise(pl.col(column)).alias(column)))
    assert any(
        (row, name, cost) == (1, column, severity) and check in (None, found)
        for row, name, found, cost in findings(frame)
    )


def test_a_subregion_that_is_there_twice_is_rejected_both_times(table):
    frame = checked(parse(table("Subregion,CO2 (lb/MWh)\nCAMX,1\nCAMX,2\n"))["residual_mixes"])
    assert {row for row, *_ in findings(frame)} == {1, 2}
