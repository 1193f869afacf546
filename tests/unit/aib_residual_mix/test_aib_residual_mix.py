"""The workbook cell by cell, what is refused, and what the contract says: NA is no number and no violation."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cradle.errors import ParseError
from ingest.aib_residual_mix.parse import parse
from ingest.pull import take_files
from ingest.sidecar import discover, find

COUNTRIES = {"AT": "NA", "BE": 111.25, "GR": 432, "FR": 0.5, "NL": "NA", "NO": 0}


def findings(frame: pl.DataFrame) -> set[tuple[int, str, str, str]]:
    rows = frame.select("row_number", "violations").explode("violations").drop_nulls().to_dicts()
    return {(r["row_number"], *(r["violations"][k] for k in ("column_name", "check_name", "severity"))) for r in rows}


def test_the_same_workbook_under_a_name_with_another_year_is_another_year(workbook, mixes, tmp_path):
    import duckdb

    (sidecar,) = find(["aib_residual_mix"], discover())
    wrong = workbook(mixes(COUNTRIES), name="AIB-2023-results.xlsx")
    right = wrong.rename(wrong.with_name("AIB-2024-results.xlsx"))
    right.with_name(wrong.name).write_bytes(right.read_bytes())
    db = tmp_path / "landing.duckdb"
    outcomes = [take_files(sidecar, [file], db).outcome for file in (wrong, right, right)]
    assert outcomes == ["landed", "landed", "unchanged"]
    with duckdb.connect(str(db), read_only=True) as con:
        assert con.sql("select distinct year from raw.aib_residual_mix__residual_mixes").fetchall() == [("2024",)]


def test_cells_keep_their_text(workbook, mixes):
    frame = parse(workbook(mixes(COUNTRIES)))["residual_mixes"]
    assert frame["country_code"].to_list() == ["AT", "BE", "GR", "FR", "NL", "NO"]
    assert frame["residual_co2"].to_list() == ["NA", "111.25", "432", "0.5", "NA", "0"]
    assert set(frame["year"]) == {"2024"}  # the date of publication at the end of the name is no year
    assert set(frame["residual_co2_unit"]) == {"gCO2/kWh"}
    assert frame["row_number"].to_list() == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    "header",
    [
        [None, "CO2 (gCO2/kWh)"],
        ["Country code", "Rad waste (mg/kWh)", "CO2 (gCO2/kWh)", "FO Total", "RE Total"],
        ["Country", "Rad waste (mg/kWh)", " co\N{SUBSCRIPT TWO}  ( gCO2/kWh ) "],
    ],
)
def test_columns_are_found_by_their_header(workbook, header):
    found = [
        i
        for i, name in enumerate(header)
        if name and "co" in name.lower() and "kwh" in name.lower() and "mg" not in name
    ]
    rows = [header, ["BE", *(7 for _ in header[1:])]]
    rows[1][found[0]] = 111.25
    frame = parse(workbook(rows))["residual_mixes"]
    assert frame.select("country_code", "residual_co2", "residual_co2_unit").rows() == [("BE", "111.25", "gCO2/kWh")]


def test_rows_of_title_and_empty_rows_do_no_harm_and_a_footnote_is_landed(workbook, mixes):
    rows = mixes({"BE": 1, "FR": 2})
    title = [["European Residual Mixes 2023"], [None]]
    frame = parse(workbook([*title, rows[0], rows[1], [None], rows[2], ["* a footnote"]], name="mixes.xlsx"))
    assert frame["residual_mixes"].select("country_code", "residual_co2", "row_number").rows() == [
        ("BE", "1", 1),
        ("FR", "2", 3),
        ("* a footnote", None, 4),
    ]
    assert set(frame["residual_mixes"]["year"]) == {"2023"}


@pytest.mark.parametrize("name", ["mixes.xlsx", "AIB-2024-and-2025.xlsx", "AIB-30052025.xlsx"])
def test_the_year_is_asked_for_where_it_is_not_stated(workbook, name, mixes):
    with pytest.raises(ParseError, match=r"(?s)year that the values are of.*rename the file"):
        parse(workbook(mixes(COUNTRIES), name=name))


def test_a_name_and_a_title_of_different_years(workbook, mixes):
    with pytest.raises(ParseError, match="2023, 2024"):
        parse(workbook([["European Residual Mixes 2023"], *mixes(COUNTRIES)]))


@pytest.mark.parametrize(
    "header",
    [
        [None, "CO2"],
        [None, "CO2 (gCO2/kWh)", "CO2 (kgCO2/kWh)"],
        ["Rank", "CO2 (gCO2/kWh)"],
        ["CO2 (gCO2/kWh)", "Country"],
    ],
)
def test_a_header_that_does_not_say_which_column_is_which(workbook, header):
    with pytest.raises(ParseError, match="does not have the columns"):
        parse(workbook([header, ["BE", 1, 2]]))


def test_no_sheet_of_that_name_no_rows_and_a_merged_header(workbook, mixes):
    import openpyxl

    with pytest.raises(ParseError, match="Residual Mixes"):
        parse(workbook(mixes(COUNTRIES), sheet="Mixes"))
    with pytest.raises(ParseError, match="header and no rows"):
        parse(workbook(mixes({})))
    file = workbook(mixes(COUNTRIES))
    book = openpyxl.load_workbook(file)
    book["Residual Mixes"].merge_cells("A1:B1")
    book.save(file)
    with pytest.raises(ParseError, match="merged"):
        parse(file)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"<!doctype html>", b"BE;1\n", b"PK\x03\x04 and no more"])
def test_what_is_no_workbook(tmp_path, content):
    (tmp_path / "AIB-2024.xlsx").write_bytes(content)
    with pytest.raises(ParseError) as error:
        parse(tmp_path / "AIB-2024.xlsx")
    assert all(getattr(error.value, part) for part in ("what", "where", "expected", "todo"))


def test_na_is_no_number_no_violation_and_never_0(checked):
    frame = checked(COUNTRIES)
    assert findings(frame) == set()
    assert frame["residual_co2"].to_list() == [None, 111.25, 432.0, 0.5, None, 0.0]
    assert frame["residual_co2_as_printed"].to_list() == ["NA", "111.25", "432", "0.5", "NA", "0"]


@pytest.mark.parametrize(
    ("value", "check"),
    [
        (-1, "greater_than_or_equal_to(0)"),
        (432000, "less_than_or_equal_to(2000)"),
        ("432,5", "parses_as(Float64)"),
        ("none", "parses_as(Float64)"),
        ("=1+1", "parses_as(Float64)"),
    ],
)
def test_what_voids_a_number(checked, value, check):
    frame = checked({"BE": 1, "FR": value})
    assert findings(frame) == {(2, "residual_co2", check, "void_cell")}
    assert frame["residual_co2"].to_list() == [1.0, None]


def test_a_date_that_a_spreadsheet_made_of_a_number_is_no_number(checked):
    from datetime import datetime

    frame = checked({"BE": datetime(2024, 5, 12)})
    assert frame["residual_co2"].to_list() == [None]
    assert findings(frame) == {(1, "residual_co2", "parses_as(Float64)", "void_cell")}


def test_what_rejects_a_row(checked, workbook):
    assert {row for row, *_, severity in findings(checked({"BE": 1, "Belgium": 2})) if severity == "reject_row"} == {2}
    found = findings(checked({"BE": 1}, name="AIB-2031.xlsx"))
    assert (1, "year", "less_than_or_equal_to(2026)", "reject_row") in found
    rows = [[None, "CO2 (kgCO2/kWh)"], ["BE", 0.1]]
    assert set(parse(workbook(rows))["residual_mixes"]["residual_co2_unit"]) == {"kgCO2/kWh"}


def test_a_country_that_is_there_twice_is_rejected_both_times(workbook, mixes):
    from ingest.aib_residual_mix.contract import check_residual_mixes

    rows = mixes({"BE": 1, "FR": 2})
    frame = parse(workbook([*rows, rows[1]]))["residual_mixes"].with_columns(
        source_id=pl.lit("x"), release_id=pl.lit("x"), file_sha256=pl.lit("0" * 64)
    )
    assert {row for row, *_ in findings(check_residual_mixes(frame))} == {1, 3}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.none(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8),
        st.booleans(),
    )
)
def test_any_cell_is_a_number_in_range_or_nothing(checked, value):
    # openpyxl reads a text that begins with = as a formula
    (number,) = checked({"BE": value})["residual_co2"].to_list()
    assert number is None or 0 <= number <= 2000
