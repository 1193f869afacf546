"""Each rule of the contracts: what breaks it, which cell is named, and whether the row or the cell goes."""

import polars as pl
import pytest

COMMA = (3, "manufacturing_gwpb", "parses_as(Float64)", "void_cell")


def findings(frame: pl.DataFrame) -> set[tuple[int, str, str, str]]:
    return {
        (row["row_number"], found["column_name"], found["check_name"], found["severity"])
        for row in frame.select("row_number", "violations").to_dicts()
        for found in row["violations"]
    }


def test_sound_rows_have_one_finding_the_decimal_comma(checked):
    frame = checked("impact_factors")
    assert findings(frame) == {COMMA}
    assert frame["manufacturing_gwpb"][2] is None
    assert frame["manufacturing_lu"][0] == -0.02
    assert frame.height == 9


@pytest.mark.parametrize("entity", ["cards", "transport_factors"])
def test_sound_rows_of_the_other_files_have_no_finding(checked, entity):
    assert findings(checked(entity)) == set()


def test_cells_hold_value_and_printed_text(checked):
    frame = checked("impact_factors")
    cells = {cell["column_name"]: (cell["value"], cell["as_printed"]) for cell in frame["cells"][2]}
    assert len(cells) == 88
    assert cells["manufacturing_gwp"] == (15.0, "15.0")
    assert cells["manufacturing_gwpb"] == (None, "-1,25E-03")
    assert cells["use_gwp"] == (None, None)


@pytest.mark.parametrize(
    ("entity", "row_number", "column", "text", "check"),
    [
        ("impact_factors", 1, "graphics_card", None, "not_nullable"),
        ("impact_factors", 1, "component", "housing", "in_vocabulary"),
        ("impact_factors", 1, "component", None, "not_nullable"),
        ("transport_factors", 1, "transport_mode", None, "not_nullable"),
        ("cards", 1, "graphics_card", None, "not_nullable"),
    ],
)
def test_what_rejects_a_row(checked, entity, row_number, column, text, check):
    assert (row_number, column, check, "reject_row") in findings(checked(entity, {(row_number, column): text}))


def test_a_component_that_is_there_twice_is_rejected_both_times(checked):
    found = findings(checked("impact_factors", {(5, "component"): "video_ram", (4, "component"): "video_ram"}))
    assert found == {COMMA, *((row, "component", "component_once", "reject_row") for row in (4, 5))}


@pytest.mark.parametrize(("entity", "column"), [("cards", "graphics_card"), ("transport_factors", "transport_mode")])
def test_a_name_that_is_there_twice_is_rejected_both_times(checked, entity, column):
    found = findings(checked(entity, {(1, column): "same", (2, column): "same"}))
    assert found == {(row, column, "field_uniqueness", "reject_row") for row in (1, 2)}


@pytest.mark.parametrize(
    ("entity", "row_number", "column", "text", "check"),
    [
        ("impact_factors", 1, "manufacturing_gwp", "2,15", "parses_as(Float64)"),
        ("impact_factors", 1, "manufacturing_gwp", "2e7", "less_than_or_equal_to(1000000.0)"),
        ("impact_factors", 1, "manufacturing_gwp", "-2e7", "greater_than_or_equal_to(-1000000.0)"),
        ("impact_factors", 1, "manufacturing_gwp", "nan", "parses_as(Float64)"),
        ("impact_factors", 1, "use_gwp", "3", "stage_of_component"),
        ("impact_factors", 1, "end_of_life_gwp", "3", "stage_of_component"),
        ("impact_factors", 7, "manufacturing_gwp", "3", "stage_of_component"),
        ("impact_factors", 9, "manufacturing_gwp", "3", "stage_of_component"),
        ("transport_factors", 1, "gwp_per_kg_km", "5,04E-05", "parses_as(Float64)"),
        ("cards", 1, "card_surface_cm2", "0", "greater_than(0)"),
        ("cards", 1, "total_weight_g", None, "not_nullable"),
        ("cards", 1, "heatsink_weight_g", "-1", "greater_than_or_equal_to(0)"),
        ("cards", 1, "casing_weight_g", "901", "parts_weigh_no_more_than_the_card"),
        ("cards", 1, "video_ram_dies", "4.5", "parses_as(Int64)"),
        ("cards", 2, "video_ram_die_surface_mm2", "0", "greater_than(0)"),
    ],
)
def test_what_voids_a_cell(checked, entity, row_number, column, text, check):
    frame = checked(entity, {(row_number, column): text})
    assert findings(frame) - {COMMA} == {(row_number, column, check, "void_cell")}
    assert frame[column][row_number - 1] is None
    assert frame.height == checked(entity).height


def test_a_zero_in_a_stage_that_the_component_has_no_part_in_is_padding(checked):
    frame = checked("impact_factors")
    assert frame["use_gwp"][7] == 0.0
    assert frame["manufacturing_gwp"][8] == 0.0
