"""The contract of potentials: what rejects a row, what voids a cell, and what passes."""

import polars as pl
import pytest


def findings(frame: pl.DataFrame) -> set[tuple[int, str, str, str]]:
    found = frame.select("row_number", "violations").explode("violations").drop_nulls()
    return {
        (row["row_number"], v["column_name"], v["check_name"], v["severity"])
        for row in found.to_dicts()
        for v in [row["violations"]]
    }


HEADING = (2, "formula", "is_no_heading", "reject_row")


def test_the_name_of_a_group_is_no_substance_and_all_else_is_sound(checked):
    frame = checked()
    assert findings(frame) == {HEADING}
    assert frame["gwp_value"].to_list() == [1.0, 0.0, 41.5, None, 1250.0, 7.0, 9.0, 0.0]
    assert frame["gwp_value_as_printed"].to_list()[3:5] == ["(no data)", "1.25e3"]
    assert frame["cas"].to_list()[:5] == [None] * 4 + ["75-10-5"]


@pytest.mark.parametrize(
    ("column", "text", "check"),
    [
        ("assessment_report", "AR7", "isin(['AR4', 'AR5', 'AR6'])"),
        ("assessment_report", None, "not_nullable"),
        ("gwp_parameter", "GTP100", "isin(['GWP20', 'GWP100', 'GWP500'])"),
        ("formula", None, "not_nullable"),
    ],
)
def test_what_rejects_a_row(checked, column, text, check):
    found = {(row, name, severity) for row, name, _, severity in findings(checked({(5, column): text}))}
    assert found - {(2, "formula", "reject_row")} == {(5, column, "reject_row")}, check


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("gwp_value", "1,5"),
        ("gwp_value", "<1"),
        ("gwp_value", "NaN"),
        ("gwp_value", "-1"),
        ("gwp_value", "100001"),
        ("gwp_value", "(no data)"),
        ("gwp_value", None),
        ("cas", "75-10-6"),
        ("cas", "75105"),
    ],
)
def test_what_voids_one_cell(checked, column, text):
    frame = checked({(5, column): text})
    found = findings(frame) - {HEADING}
    assert {(row, name, severity) for row, name, _, severity in found} == {(5, column, "void_cell")}
    assert frame[column][4] is None
    assert frame.height == 8


def test_a_potential_that_is_there_twice_is_rejected_both_times(checked):
    found = findings(checked({(7, "formula"): "Z-C4F8"})) - {HEADING}
    assert found == {(row, "formula", "potential_once", "reject_row") for row in (6, 7)}


def test_a_substance_without_any_name_is_rejected(checked):
    found = findings(checked({(8, "cas"): None, (8, "acronym"): None})) - {HEADING}
    assert found == {(8, "substance_name", "substance_is_named", "reject_row")}
