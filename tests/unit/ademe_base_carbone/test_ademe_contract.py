"""Each rule of the contract: what breaks it, which cell is named, and whether the row or the cell goes."""

import polars as pl
import pytest


def findings(frame: pl.DataFrame) -> set[tuple[int, str, str, str]]:
    found = frame.select("row_number", "violations").explode("violations").drop_nulls()
    return {
        (row["row_number"], v["column_name"], v["check_name"], v["severity"])
        for row in found.to_dicts()
        for v in [row["violations"]]
    }


def test_sound_lines_have_no_violations_and_are_typed(checked):
    frame = checked()
    assert findings(frame) == set()
    assert frame["total"].to_list() == [10.5, 8.0, 2.4999639, 3.61e-05, 1.25, -445.1, 2000.0, 3.0]
    assert frame["total_as_printed"][3] == "3,61E-05"
    assert frame.schema["created_on"] == pl.Date
    assert frame["row_number"].to_list() == list(range(1, 9))


@pytest.mark.parametrize(
    ("row_number", "column", "text", "check"),
    [
        (5, "total", "1.25", "parses_as(Float64)"),
        (5, "total", "1 250,5", "parses_as(Float64)"),
        (5, "total", "1.250,5", "parses_as(Float64)"),
        (5, "total", "inf", "parses_as(Float64)"),
        (5, "total", "nan", "parses_as(Float64)"),
        (5, "total", "1E999", "parses_as(Float64)"),
        (5, "total", "environ 3", "parses_as(Float64)"),
        (5, "total", None, "not_nullable"),
        (5, "element_id", None, "not_nullable"),
        (5, "row_type", "Ligne", "in_vocabulary"),
        (5, "structure", "décomposé", "in_vocabulary"),
        (5, "entry_type", "Facteur", "in_vocabulary"),
        (5, "status", "Valide", "in_vocabulary"),
        (5, "location", "Lune", "in_vocabulary"),
        (5, "unit_fr", "kgCO2e/parsec", "in_vocabulary"),
        (5, "unit_fr", None, "unit_stated"),
        (5, "unit_fr", "GWh", "unit_fits_entry"),
        (8, "unit_fr", "kgCO2e/kWh", "unit_fits_entry"),
        (2, "poste_type", "Divers", "in_vocabulary"),
        (2, "poste_type", None, "poste_type_on_postes_only"),
        (5, "poste_type", "Amont", "poste_type_on_postes_only"),
        (2, "element_id", "900009", "poste_has_element"),
    ],
)
def test_what_rejects_a_row(checked, row_number, column, text, check):
    frame = checked({(row_number, column): text})
    assert (row_number, column, check, "reject_row") in findings(frame)
    assert {row for row, *_ in findings(frame)} == {row_number}
    assert frame.height == 8


@pytest.mark.parametrize(
    ("column", "text", "check"),
    [
        ("co2_fossil", "1.5", "parses_as(Float64)"),
        ("biogenic_co2", "x", "parses_as(Float64)"),
        ("uncertainty_pct", "-5", "greater_than_or_equal_to(0)"),
        ("quality_score", "5,1", "less_than_or_equal_to(5)"),
        ("created_on", "31/12/2020", "parses_as(Date)"),
        ("modified_on", "2021-02-29", "parses_as(Date)"),
    ],
)
def test_what_voids_a_cell(checked, column, text, check):
    frame = checked({(5, column): text})
    assert findings(frame) == {(5, column, check, "void_cell")}
    assert frame[column][4] is None
    assert frame["violations"][4][0]["value"] == text


def test_an_element_that_is_there_twice_is_rejected_both_times(checked):
    found = findings(checked({(5, "element_id"): "900003"}))
    assert found == {(row, "element_id", "element_once", "reject_row") for row in (5, 6)}


def test_a_poste_that_is_there_twice_is_rejected_both_times(checked):
    found = findings(checked({(4, "poste_name_fr"): "Distribution"}))
    assert found == {(row, "poste_name_fr", "poste_once", "reject_row") for row in (3, 4)}


def test_postes_without_a_name_are_compared_too(checked):
    cells = {
        (row, column): text for row in (3, 4) for column, text in [("poste_type", "Amont"), ("poste_name_fr", None)]
    }
    assert {row for row, *_ in findings(checked(cells))} == {3, 4}


def test_postes_follow_their_rejected_element(checked):
    found = findings(checked({(1, "total"): "dix"}))
    postes = {(row, "element_id", "element_accepted", "reject_row") for row in (2, 3, 4)}
    assert found == {(1, "total", "parses_as(Float64)", "reject_row"), *postes}


def test_source_data_may_have_no_unit(checked):
    assert checked()["unit_fr"][7] is None


def test_a_credit_is_no_violation(checked):
    assert checked()["total"][5] < 0
