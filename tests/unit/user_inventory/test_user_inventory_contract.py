"""The contract of an inventory: what rejects a row, what voids a cell, and what passes."""

import polars as pl
import pytest


def findings(frame: pl.DataFrame) -> set[tuple[int, str, str, str]]:
    found = frame.select("row_number", "violations").explode("violations").drop_nulls()
    return {
        (row["row_number"], v["column_name"], v["check_name"], v["severity"])
        for row in found.to_dicts()
        for v in [row["violations"]]
    }


def test_a_sound_inventory_has_no_findings_and_an_unknown_flow_is_none(checked):
    frame = checked()
    assert findings(frame) == set()
    assert frame["mass"].to_list() == [1.0, 10.0, 0.001, 1.0, 2.0]
    assert frame["mass_as_printed"].to_list() == ["1", "10", "1e-3", "1", "2"]


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("mass", "1,5"),
        ("mass", "-1"),
        ("mass", None),
        ("mass", "inf"),
        ("mass_unit", "kWh"),
        ("mass_unit", None),
        ("cas", "124-38-8"),
        ("compartment", "space"),
    ],
)
def test_what_rejects_a_row(checked, column, text):
    found = findings(checked({(1, column): text}))
    assert {(row, name, severity) for row, name, _, severity in found} == {(1, column, "reject_row")}


def test_a_flow_without_name_and_number_is_rejected(checked):
    assert findings(checked({(5, "flow_name"): None})) == {(5, "flow_name", "flow_is_named", "reject_row")}


def test_the_same_row_again_is_rejected_and_another_place_of_the_same_flow_is_not(checked):
    again = {(5, "flow_name"): None, (5, "cas"): "2551-62-4", (5, "mass"): "1.0", (5, "mass_unit"): "mg"}
    assert findings(checked(again)) == {(5, "mass", "row_is_not_repeated", "reject_row")}
    assert findings(checked(again | {(5, "locator"): "stack 2"})) == set()


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("object_name", "another card"),
        ("life_cycle_stage", "use"),
        ("reference_unit", "kWh"),
        ("reference_year", "2023"),
        ("licence_id", None),
    ],
)
def test_rows_that_describe_different_things_are_no_inventory(checked, column, text):
    found = findings(checked({(2, column): text}))
    assert found == {(row, "inventory_id", "inventory_describes_one_thing", "reject_row") for row in (1, 2, 3)}


def test_an_unknown_stage_or_unit_of_reference_rejects(checked):
    rows = {(row, column): "else" for row in (4, 5) for column in ("life_cycle_stage", "reference_unit")}
    found = findings(checked(rows))
    assert {(row, name) for row, name, *_ in found} == set(rows)


def test_an_odd_year_is_emptied_and_the_row_stands(checked):
    frame = checked({(row, "reference_year"): "24" for row in (1, 2, 3)})
    assert {(name, severity) for _, name, _, severity in findings(frame)} == {("reference_year", "void_cell")}
    assert frame["reference_year"].to_list() == [None] * 5
