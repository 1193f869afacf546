"""Each rule of the contracts: what breaks it, which cell is named, and whether the row or the cell goes."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.contract import check
from ingest.ecologits import contract
from ingest.ecologits.release import select

CONTRACTS = {
    "electricity_mixes": contract.ElectricityMixes,
    "models": contract.Models,
    "aliases": contract.Aliases,
    "hardware": contract.Hardware,
    "providers": contract.Providers,
}


def findings(frame: pl.DataFrame) -> set[tuple[int, str, str, str]]:
    found = frame.select("row_number", "violations").explode("violations").drop_nulls()
    return {
        (row["row_number"], v["column_name"], v["check_name"], v["severity"])
        for row in found.to_dicts()
        for v in [row["violations"]]
    }


@pytest.fixture
def changed(landed):
    def frame(entity: str, row_number: int, **cells: str | None) -> pl.DataFrame:
        here = pl.col("row_number") == row_number
        texts = {name: pl.when(here).then(pl.lit(text)).otherwise(pl.col(name)) for name, text in cells.items()}
        return landed(entity).with_columns(**texts)

    return frame


@pytest.mark.parametrize("entity", CONTRACTS)
def test_sound_rows_have_no_violations(landed, entity):
    frame = check(landed(entity), CONTRACTS[entity])
    assert findings(frame) == set()
    assert frame.height == landed(entity).height


@pytest.mark.parametrize("entity", CONTRACTS)
def test_a_table_without_rows_is_checked_too(landed, entity):
    assert check(landed(entity).clear(), CONTRACTS[entity]).is_empty()


@pytest.mark.parametrize(
    ("entity", "cells", "check_name"),
    [
        ("electricity_mixes", {"place_code": "France"}, "str_matches('^[A-Z]{3}$')"),
        ("electricity_mixes", {"place_code": None}, "not_nullable"),
        ("electricity_mixes", {"warnings": "electricity-mix-gwp-world"}, "known_warnings"),
        ("electricity_mixes", {"warnings": "electricity-mix-adpe-world;other"}, "known_warnings"),
        ("models", {"architecture_type": "sparse"}, "isin(['dense', 'moe'])"),
        ("models", {"record_type": "alias"}, "isin(['model'])"),
        ("models", {"provider": None}, "not_nullable"),
        ("models", {"warnings": "model-arch-guessed"}, "known_warnings"),
        ("aliases", {"model_name": None}, "not_nullable"),
        ("hardware", {"configuration": None}, "not_nullable"),
        ("providers", {"datacenter_location": "US"}, "str_matches('^[A-Z]{3}$')"),
    ],
)
def test_what_rejects_a_row(changed, entity, cells, check_name):
    found = findings(check(changed(entity, 1, **cells), CONTRACTS[entity]))
    assert found == {(1, next(iter(cells)), check_name, "reject_row")}


@pytest.mark.parametrize(
    ("entity", "row_number", "cells", "check_name"),
    [
        ("electricity_mixes", 1, {"gwp": "-0.1"}, "greater_than_or_equal_to(0)"),
        ("electricity_mixes", 1, {"gwp": "51.28"}, "less_than_or_equal_to(10)"),
        ("electricity_mixes", 1, {"adpe": "0.05"}, "less_than_or_equal_to(1e-05)"),
        ("electricity_mixes", 1, {"pe": "NaN"}, "parses_as(Float64)"),
        ("electricity_mixes", 1, {"wue": "3,6"}, "parses_as(Float64)"),
        ("models", 3, {"parameters_active_max": "300"}, "active_within_total"),
        ("models", 1, {"tps": "0"}, "greater_than(0)"),
        ("hardware", 1, {"number_of_accelerators": "0"}, "greater_than_or_equal_to(1)"),
        ("hardware", 1, {"number_of_accelerators": "7.5"}, "parses_as(Int64)"),
        ("hardware", 1, {"server_power_w_p97_5": "4100"}, "not_below_mean"),
        ("hardware", 1, {"accelerator_gwp": "-1"}, "greater_than_or_equal_to(0)"),
        ("hardware", 1, {"accelerator_gwp": "20001"}, "less_than_or_equal_to(20000)"),
        ("hardware", 1, {"server_gwp": "4200000"}, "less_than_or_equal_to(20000)"),
        ("hardware", 1, {"server_adpe": "350"}, "less_than_or_equal_to(5)"),
        ("hardware", 1, {"accelerator_pe": "500001"}, "less_than_or_equal_to(500000)"),
        ("providers", 1, {"datacenter_pue_min": "0.9"}, "greater_than_or_equal_to(1)"),
    ],
)
def test_what_voids_a_cell(changed, entity, row_number, cells, check_name):
    frame = check(changed(entity, row_number, **cells), CONTRACTS[entity])
    column = next(iter(cells))
    assert findings(frame) == {(row_number, column, check_name, "void_cell")}
    assert frame[column][row_number - 1] is None


def test_ends_in_the_wrong_order_void_both(changed):
    frame = check(changed("models", 2, parameters_total_min="20"), contract.Models)
    columns = ("parameters_total_min", "parameters_total_max")
    assert findings(frame) == {(2, column, "ends_in_order", "void_cell") for column in columns}


@pytest.mark.parametrize(
    ("entity", "cells", "column", "check_name"),
    [
        ("electricity_mixes", {"place_code": "AAA"}, "place_code", "place_once"),
        ("models", {"provider": "maker", "model_name": "model-a"}, "model_name", "model_once"),
        ("providers", {"provider": "maker"}, "provider", "provider_once"),
    ],
)
def test_what_is_there_twice_is_rejected_both_times(changed, landed, entity, cells, column, check_name):
    last = landed(entity).height
    found = findings(check(changed(entity, last, **cells), CONTRACTS[entity]))
    assert found == {(row, column, check_name, "reject_row") for row in (1, last)}


def test_numbers_keep_what_is_printed(landed):
    mixes = contract.check_electricity_mixes(landed("electricity_mixes"))
    assert mixes["adpe_as_printed"].to_list() == ["5.0e-08", "2.75e-08", "2.75e-08"]
    assert contract.check_hardware(landed("hardware"))["accelerator_adpe_as_printed"].to_list() == ["0.00725"]


def test_the_bundle_takes_mixes_without_the_columns_of_ademe_and_no_other_row(landed):
    whole = {entity: landed(entity) for entity in CONTRACTS}
    chosen = select(whole)
    assert set(chosen) == set(whole)
    assert set(whole["electricity_mixes"].columns) - set(chosen["electricity_mixes"].columns) == {"adpe", "pe"}
    assert chosen["electricity_mixes"].height == 3
    assert all(chosen[entity].is_empty() for entity in CONTRACTS if entity != "electricity_mixes")
    assert all(chosen[entity].columns == whole[entity].columns for entity in CONTRACTS if entity != "electricity_mixes")


def test_bundled_mixes_pass_the_contract(landed):
    bundled = select({"electricity_mixes": landed("electricity_mixes")})["electricity_mixes"]
    empty = bundled.with_columns(adpe=pl.lit(None, dtype=pl.String), pe=pl.lit(None, dtype=pl.String))
    assert findings(contract.check_electricity_mixes(empty)) == set()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.sampled_from(["gwp", "warnings", "place_code"]), st.text(max_size=12))
def test_any_text_is_kept_or_found_and_no_row_is_lost(changed, column, text):
    frame = check(changed("electricity_mixes", 1, **{column: text}), contract.ElectricityMixes)
    assert frame.height == 3
    number = frame["gwp"][0]
    assert number is None or 0 <= number <= 10
    if number is None:
        assert any(found[1] == "gwp" for found in findings(frame))
