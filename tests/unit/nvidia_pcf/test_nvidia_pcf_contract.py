"""Each rule of the contract: what breaks it, which cell is named, and whether the row or the cell goes."""

import polars as pl
import pytest

WAYS = ["printed", "derived from printed percent", "read from the PDF", "derived from a percent read from the PDF"]
HOW_READ = f"isin({WAYS})"


def findings(frame: pl.DataFrame) -> set[tuple[int, str, str, str]]:
    found = frame.select("row_number", "violations").explode("violations").drop_nulls()
    return {
        (row["row_number"], v["column_name"], v["check_name"], v["severity"])
        for row in found.to_dicts()
        for v in [row["violations"]]
    }


def test_sound_rows_have_no_violations_and_are_typed(checked):
    frame = checked()
    assert findings(frame) == set()
    assert frame["value"].to_list() == [1000, 900, 95, 4, 600, 305.5, 50]
    assert frame["share_pct"].to_list() == [None, 90, 9.5, 0.4, 60, None, None]


@pytest.mark.parametrize(
    ("row_number", "column", "text", "check"),
    [
        (7, "product", "Board Three", "in_vocabulary"),
        (5, "product", None, "not_nullable"),
        (5, "level", "part", "isin(['total', 'stage', 'component'])"),
        (5, "name", "Memory (HBM)", "str_matches('^[a-z]+(_[a-z]+)*$')"),
        (5, "value", "1,000", "parses_as(Float64)"),
        (5, "value", None, "not_nullable"),
        (5, "value", "-600", "greater_than_or_equal_to(0)"),
        (7, "value", "5000000", "less_than_or_equal_to(100000)"),
        (5, "unit", "kgCO2/item", "isin(['kgCO2e/item'])"),
        (5, "as_printed", "601", "value_is_as_printed"),
        (5, "as_printed", "600 g", "value_is_as_printed"),
        (5, "as_printed", "six hundred", "value_is_as_printed"),
        (2, "as_printed", "91 %", "value_is_as_printed"),
        (2, "as_printed", "900", "value_is_as_printed"),
        (5, "how_read", "guessed", HOW_READ),
        (5, "confidence", "H", "isin(['high', 'medium', 'low'])"),
        (5, "locator", None, "not_nullable"),
        (5, "share_pct", "58", "value_fits_its_share"),
    ],
)
def test_what_rejects_a_row(checked, row_number, column, text, check):
    frame = checked({(row_number, column): text})
    found = {(row, name, severity) for row, _, name, severity in findings(frame)}
    assert (row_number, check, "reject_row") in found
    assert frame.height == 7


@pytest.mark.parametrize(
    ("column", "text", "check"),
    [
        ("product_mass_kg", "0", "greater_than(0)"),
        ("product_mass_kg", "24 kg", "parses_as(Float64)"),
        ("published_on", "July 2025", r"str_matches('^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$')"),
    ],
)
def test_what_voids_a_cell(checked, column, text, check):
    frame = checked({(7, column): text})
    assert findings(frame) == {(7, column, check, "void_cell")}
    assert frame.row(6, named=True)[column] is None


def test_a_summary_in_tonnes_or_grams_is_found_by_the_mass_of_the_product(checked):
    for factor in (0.001, 1000):
        values = dict(enumerate([1000, 900, 95, 4, 600, 305.5], start=1))
        cells = {(row, "value"): repr(value * factor) for row, value in values.items()}
        cells |= {(row, "as_printed"): repr(values[row] * factor) for row in (1, 5, 6)}
        found = findings(checked(cells))
        assert (1, "value", "total_is_plausible_for_its_mass", "reject_row") in found
        assert {row for row, _, name, _ in found if name == "total_is_plausible_for_its_mass"} == {1}


@pytest.mark.parametrize(("total", "is_found"), [("19.9", True), ("20", False), ("10000", False), ("10001", True)])
def test_the_ends_of_what_is_plausible_for_a_mass(checked, total, is_found):
    names = {name for *_, name, _ in findings(checked({(1, "value"): total, (1, "as_printed"): total}))}
    assert ("total_is_plausible_for_its_mass" in names) is is_found


def test_stages_that_are_no_whole_reject_every_stage_of_the_product(checked):
    frame = checked({(3, "share_pct"): "10.2", (3, "value"): "102", (3, "as_printed"): "10.2 %"})
    assert findings(frame) == {(row, "share_pct", "stage_shares_are_a_whole", "reject_row") for row in (2, 3, 4)}


def test_a_stage_without_a_share_rejects_every_stage_of_the_product(checked):
    found = findings(checked({(4, "share_pct"): None}))
    assert {(row, "share_pct", "stage_shares_are_a_whole", "reject_row") for row in (2, 3, 4)} <= found


def test_components_that_do_not_add_up_to_the_materials_are_rejected(checked):
    frame = checked({(6, "value"): "285", (6, "as_printed"): "285"})
    assert findings(frame) == {(row, "value", "components_add_up_to_materials", "reject_row") for row in (5, 6)}


def test_a_name_that_is_there_twice_rejects_both(checked):
    found = findings(checked({(6, "name"): "memory"}))
    assert {(5, "name", "named_once", "reject_row"), (6, "name", "named_once", "reject_row")} <= found


def test_a_product_without_its_total_is_rejected_as_a_whole(checked):
    found = findings(checked({(1, "level"): "stage"}))
    assert {(row, "product", "has_one_total", "reject_row") for row in range(1, 7)} <= found
    assert all(row != 7 for row, *_ in found)


def test_an_empty_table_passes(checked):
    from ingest.contract import check
    from ingest.nvidia_pcf.contract import Summaries

    empty = pl.DataFrame(schema=dict.fromkeys(Summaries.to_schema().columns, pl.String))
    assert check(empty.with_columns(pl.col("row_number").cast(pl.Int64)), Summaries, {"product": set()}).is_empty()
