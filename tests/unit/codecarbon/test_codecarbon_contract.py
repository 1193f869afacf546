"""Each rule of the contract: what breaks it, which cell is named, and whether the row or the cell goes."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.codecarbon.contract import PARTS, TOLERANCE_TWH

GENERATION = {*PARTS, "total_twh"}


def findings(frame: pl.DataFrame) -> set[tuple[int, str, str, str]]:
    found = frame.select("row_number", "violations").explode("violations").drop_nulls()
    return {
        (row["row_number"], v["column_name"], v["check_name"], v["severity"])
        for row in found.to_dicts()
        for v in [row["violations"]]
    }


def test_sound_mixes_have_no_violations_and_are_typed(checked):
    frame = checked()
    assert findings(frame) == set()
    assert frame["carbon_intensity"].to_list() == [250.5, 0.0, 990.0]
    assert frame["carbon_intensity_as_printed"].to_list() == ["250.5", "0.0", "9.9e2"]
    assert frame["year"].to_list() == [2023, 2009, 2022]


@pytest.mark.parametrize(
    ("column", "text", "check"),
    [
        ("iso_code", None, "not_nullable"),
        ("iso_code", "Aa1", "str_matches('^[A-Z]{3}$')"),
        ("country_key", "BB", "str_matches('^[A-Z]{3}$')"),
        ("country_key", "ZZZ", "is_iso_code"),
        ("country_name", None, "not_nullable"),
    ],
)
def test_what_rejects_a_row(checked, column, text, check):
    frame = checked({(1, column): text})
    assert (1, column, check, "reject_row") in findings(frame)
    assert {row for row, *_ in findings(frame)} == {1}
    assert frame.height == 3


def test_a_country_that_is_there_twice_is_rejected_both_times(checked):
    found = findings(checked({(3, "iso_code"): "AAA", (3, "country_key"): "AAA"}))
    assert found == {(row, "iso_code", "country_once", "reject_row") for row in (1, 3)}


@pytest.mark.parametrize(
    ("column", "text", "check"),
    [
        ("carbon_intensity", "-1", "greater_than_or_equal_to(0)"),
        ("carbon_intensity", "2500", "less_than_or_equal_to(2000)"),
        ("carbon_intensity", "250,5", "parses_as(Float64)"),
        ("carbon_intensity", "NaN", "parses_as(Float64)"),
        ("carbon_intensity", "Infinity", "parses_as(Float64)"),
        ("year", "1822", "greater_than_or_equal_to(1990)"),
        ("year", "2223", "less_than_or_equal_to(2026)"),
        ("year", "2023.5", "parses_as(Int64)"),
        ("per_capita_kwh", "-4", "greater_than_or_equal_to(0)"),
        ("fossil_twh", "5.5", "is_coal_gas_and_oil"),
        ("renewables_twh", "3.6", "is_sum_of_renewable_parts"),
        ("low_carbon_twh", "5", "is_renewable_and_nuclear_parts"),
        ("other_renewable_twh", "1.6", "is_biofuel_and_other"),
    ],
)
def test_what_voids_one_cell(checked, column, text, check):
    frame = checked({(1, column): text})
    assert findings(frame) == {(1, column, check, "void_cell")}
    assert frame[column][0] is None


def test_a_mix_that_does_not_add_up_loses_its_generation_and_keeps_its_carbon_intensity(checked):
    frame = checked({(1, "wind_twh"): "2.4"})  # the shares sum to 1.2
    found = findings(frame)
    assert {(1, column, "parts_add_up_to_total", "void_cell") for column in GENERATION} <= found
    assert frame.select(sorted(GENERATION)).row(0) == (None,) * len(GENERATION)
    assert frame["carbon_intensity"][0] == 250.5
    assert not {severity for *_, severity in found} - {"void_cell"}


def test_shares_of_a_very_small_mix_that_sum_to_more_than_one_are_found(checked):
    assert (3, "coal_twh", "parts_add_up_to_total", "void_cell") in findings(checked({(3, "coal_twh"): "0.012"}))


def test_a_negative_part_is_void_even_where_the_sum_is_right(checked):
    frame = checked({(1, "coal_twh"): "-2", (1, "gas_twh"): "6"})
    assert findings(frame) == {(1, "coal_twh", "greater_than_or_equal_to(0)", "void_cell")}
    assert frame["coal_twh"][0] is None


def test_a_part_without_a_value_is_missing_and_not_zero(checked):
    frame = checked({(1, "solar_twh"): None})
    assert (1, "solar_twh", "not_nullable", "void_cell") in findings(frame)
    assert frame["total_twh"][0] == 10.0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.sampled_from(sorted(GENERATION)), st.integers(1, 10**6))
def test_any_slip_of_a_cell_above_the_tolerance_is_found(checked, column, steps):
    parts = {"coal_twh": 2.0, "total_twh": 10.0, "wind_twh": 0.4}
    value = parts.get(column, 1.0) + 3 + steps * TOLERANCE_TWH
    found = findings(checked({(1, column): str(value)}))
    assert (1, column, "parts_add_up_to_total", "void_cell") in found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(max_size=12))
def test_any_text_is_kept_or_found_and_no_row_is_lost(checked, text):
    frame = checked({(2, "carbon_intensity"): text})
    assert frame.height == 3
    kept = frame["carbon_intensity"][1]
    assert (kept is None) == bool(findings(frame))
    assert kept is None or 0 <= kept <= 2000
