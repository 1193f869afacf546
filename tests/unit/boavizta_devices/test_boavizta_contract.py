"""Each rule of the contract: what breaks it, which cell is named, and whether the row or the cell goes."""

import polars as pl
import pytest

ALL_FOUR = ("gwp_manufacturing_ratio", "gwp_transport_ratio", "gwp_use_ratio", "gwp_eol_ratio")
# the invented monitor: 0 for transport and end of life, and the rest is not all
MONITOR = {(3, column, "stages_sum_to_one", "void_cell") for column in ALL_FOUR} | {
    (3, column, "not_filled_up_with_zero", "void_cell") for column in ("gwp_transport_ratio", "gwp_eol_ratio")
}


def findings(frame: pl.DataFrame) -> set[tuple[int, str, str, str]]:
    return {
        (row["row_number"], found["column_name"], found["check_name"], found["severity"])
        for row in frame.select("row_number", "violations").to_dicts()
        for found in row["violations"]
    }


def test_sound_rows_have_no_finding_but_the_monitor(checked):
    frame = checked()
    assert findings(frame) == MONITOR
    assert frame["gwp_total"].to_list() == [161, 245.5, 700, 8000, 15.5]
    assert frame["gwp_total_as_printed"].to_list() == ["161", "245.5", "700.0", "8000", "15.5"]
    assert [frame[column][2] for column in ALL_FOUR] == [None] * 4
    assert frame["gwp_total"][2] == 700


def test_the_ends_of_the_tolerance_hold(checked):
    # 0.76 + 0.08 + 0.13 + 0.01 = 0.98; 0.17 more makes 1.02
    for use in ("0.13", "0.17"):
        assert findings(checked({(1, "gwp_use_ratio"): use})) == MONITOR
    for use in ("0.1299", "0.1701"):
        found = findings(checked({(1, "gwp_use_ratio"): use})) - MONITOR
        assert found == {(1, column, "stages_sum_to_one", "void_cell") for column in ALL_FOUR}


def test_missing_ratios_are_not_judged_by_their_sum(checked):
    frame = checked({(1, "gwp_eol_ratio"): None, (1, "gwp_manufacturing_ratio"): "0.1"})
    assert findings(frame) == MONITOR
    assert frame["gwp_manufacturing_ratio"][0] == 0.1


def test_zeros_filled_in_go_even_where_the_sum_holds(checked):
    frame = checked({(3, "gwp_manufacturing_ratio"): "0.73"})
    assert findings(frame) == {finding for finding in MONITOR if finding[2] == "not_filled_up_with_zero"}
    assert frame["gwp_manufacturing_ratio"][2] == 0.73


def test_one_zero_alone_is_a_rounded_ratio(checked):
    assert checked()["gwp_eol_ratio"][4] == 0.0


def test_a_ratio_out_of_range_is_named_and_all_four_go(checked):
    found = findings(checked({(1, "gwp_manufacturing_ratio"): "7.76"})) - MONITOR
    assert (1, "gwp_manufacturing_ratio", "less_than_or_equal_to(1)", "void_cell") in found
    assert {column for _, column, check, _ in found if check == "stages_sum_to_one"} == set(ALL_FOUR)


@pytest.mark.parametrize(
    ("column", "text", "check"),
    [
        ("manufacturer", None, "not_nullable"),
        ("name", None, "not_nullable"),
        ("report_urls", None, "not_nullable"),
        ("device_category", "Garden", "in_vocabulary"),
        ("device_category", None, "not_nullable"),
        ("gwp_total", "-3", "plausible_for_category"),
        ("gwp_total", "0", "plausible_for_category"),
        ("gwp_total", "161,5", "parses_as(Float64)"),
        ("gwp_total", None, "not_nullable"),
        ("gwp_total", "0.161", "plausible_for_category"),
        ("gwp_total", "161000", "plausible_for_category"),
    ],
)
def test_what_rejects_a_row(checked, column, text, check):
    frame = checked({(1, column): text})
    assert findings(frame) - MONITOR == {(1, column, check, "reject_row")}
    assert frame.height == 5


def test_a_footprint_that_is_there_twice_is_rejected_both_times(checked):
    same = {(row, column): "same" for row in (1, 2) for column in ("name", "report_urls")}
    found = findings(checked(same)) - MONITOR
    assert found == {(row, "name", "footprint_once", "reject_row") for row in (1, 2)}


def test_two_editions_of_a_report_are_two_footprints(checked):
    assert findings(checked({(row, "name"): "same" for row in (1, 2)})) == MONITOR


@pytest.mark.parametrize(
    ("column", "text", "check"),
    [
        ("device_subcategory", "Toaster", "in_vocabulary"),
        ("gwp_use_ratio", "-0.1", "greater_than_or_equal_to(0)"),
        ("gwp_electronics_ratio", "1.1", "less_than_or_equal_to(1)"),
        ("gwp_error_ratio", "3.2796", "less_than_or_equal_to(2)"),
        ("lifetime_years", "0", "greater_than(0)"),
        ("lifetime_years", "4 years", "parses_as(Float64)"),
        ("weight_kg", "0", "greater_than(0)"),
        ("yearly_tec_kwh", "-1", "greater_than(0)"),
        ("report_date", "44196", "not_a_spreadsheet_number"),
        ("report_date", "last year", "date_shape"),
        ("report_date", "2021-13-1", "date_shape"),
        ("report_date", "Brumaire 2020", "date_shape"),
        ("added_date", "44196", "str_matches"),
    ],
)
def test_what_voids_a_cell(checked, column, text, check):
    frame = checked({(2, column): text})
    ((row_number, found, name, severity),) = findings(frame) - MONITOR
    assert (row_number, found, severity) == (2, column, "void_cell")
    assert name.startswith(check)
    assert frame[column][1] is None


@pytest.mark.parametrize(
    ("category", "text", "is_sound"),
    [
        ("Workplace", "1", True),
        ("Workplace", "0.99", False),
        ("Home", "60000", True),
        ("Home", "60001", False),
        ("Datacenter", "9.9", False),
        ("Datacenter", "190000", True),
        ("Datacenter", "300001", False),
    ],
)
def test_the_total_is_plausible_for_its_category(checked, category, text, is_sound):
    found = findings(checked({(1, "device_category"): category, (1, "gwp_total"): text})) - MONITOR
    assert found == (set() if is_sound else {(1, "gwp_total", "plausible_for_category", "reject_row")})
