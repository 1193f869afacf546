"""All rows come back, typed, with what is wrong in them; what is impossible is emptied and never guessed."""

import csv

import polars as pl
import pytest

from cradle.paths import PROJECT_ROOT
from ingest.boaviztapi import contract
from ingest.contract import check

FILES = {
    "factors.yml": contract.check_component_factors,
    "electrical_mix.csv": contract.check_electricity_mixes,
    "ademe_base_impacts_negaoctet.csv": contract.check_device_factors,
    "iot_factors_tide.csv": contract.check_block_factors,
    "gpu_specs.csv": contract.GpuSpecs,
    "cpu_specs.csv": contract.CpuSpecs,
    "ram_manufacture.csv": contract.ChipDensities,
    "ssd_manufacture.csv": contract.ChipDensities,
    "server.csv": contract.Servers,
    "gcp.csv": contract.CloudInstances,
    "user_terminal.csv": contract.ArchetypeFields,
    "missing_cpu_manufacture.csv": contract.ArchetypeFields,
}


def checked(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    rule = FILES[name]
    return check(frame, rule) if isinstance(rule, type) else rule(frame)


def found(frame: pl.DataFrame) -> set[tuple]:
    """(row, column, check, text, severity) of each violation."""
    listed = (
        frame.explode("violations").select("row_number", pl.col("violations").struct.unnest()).drop_nulls("check_name")
    )
    return {tuple(row) for row in listed.rows()}


@pytest.mark.parametrize("name", FILES)
def test_two_releases_with_the_same_rows_are_no_duplicates(landed, name):
    frame = checked(landed(name, "1", "2"), name)
    assert frame.height == 2 * landed(name).height
    assert not [v for v in found(frame) if v[4] == "reject_row"]


@pytest.mark.parametrize("name", sorted(set(FILES) - {"ram_manufacture.csv", "ssd_manufacture.csv", "factors.yml"}))
def test_a_record_that_stands_twice_in_a_release_is_rejected(landed, name):
    rows = landed(name)
    frame = checked(pl.concat([rows, rows.with_columns(pl.col("row_number") + rows.height)]), name)
    assert frame.height == 2 * rows.height
    filled = frame if name != "electrical_mix.csv" else frame.filter(pl.col("as_printed").is_not_null())
    assert all(len(violations) for violations in filled["violations"])


def test_decimal_commas_are_numbers_and_credits_are_negative(landed):
    name = "ademe_base_impacts_negaoctet.csv"
    frame = checked(landed(name), name)
    assert frame["value"].to_list()[:4] == [0.00825, 175.0, -2.5e-08, -800.0]
    assert frame["as_printed"].to_list()[:1] == ["8,25E-03"]
    assert not found(frame)


def test_a_decimal_point_among_commas_is_no_number(landed):
    name = "ademe_base_impacts_negaoctet.csv"
    frame = checked(landed(name, change=lambda text: text.replace("8,25E-03", "8.25E-03")), name)
    assert found(frame) == {(1, "value", "parses_as(Float64)", "8.25E-03", "void_cell")}


def test_a_decimal_comma_among_points_is_no_number(landed):
    frame = checked(landed("factors.yml", change=lambda text: text.replace("7.00", '"7,00"')), "factors.yml")
    ((_, column, rule, text, severity),) = found(frame)
    assert (column, rule, text, severity) == ("value", "parses_as(Float64)", "7,00", "void_cell")


def test_a_number_that_the_file_leaves_null_is_missing_and_not_0(landed):
    frame = checked(landed("factors.yml"), "factors.yml")
    assert frame.filter(pl.col("criterion") == "adp", pl.col("item") == "SERVER")["value"].to_list() == [None]
    assert not found(frame)


def test_an_unknown_criterion_is_rejected(landed):
    frame = checked(landed("factors.yml", change=lambda text: text.replace('"efp"', '"xyz"')), "factors.yml")
    assert {(v[1], v[3], v[4]) for v in found(frame)} == {("criterion", "xyz", "reject_row")}


def test_percentages_lose_their_sign_and_keep_their_text(landed):
    frame = checked(landed("electrical_mix.csv"), "electrical_mix.csv")
    shares = frame.filter(pl.col("criterion") == "renewable_energy")
    assert shares.select("value", "as_printed").rows() == [(35.2, "35.20%"), (20.0, "20%"), (11.3, "11.30%")]
    assert not found(frame)


def test_two_numbers_of_one_priority_are_both_emptied(landed):
    frame = checked(
        landed("electrical_mix.csv", change=lambda text: text.replace("gwp,0.375,,", "gwp,0.375,0.26,")),
        "electrical_mix.csv",
    )
    assert {(v[1], v[2], v[3], v[4]) for v in found(frame)} == {
        ("value", "one_of_a_priority", "0.25", "void_cell"),
        ("value", "one_of_a_priority", "0.26", "void_cell"),
    }


def test_impossible_memory_is_emptied_with_its_text(landed):
    frame = checked(landed("server.csv"), "server.csv")
    assert {v for v in found(frame) if v[0] == 2} == {
        *((2, "ram_units", rule, "8192", "void_cell") for rule in RAM_RULES),
        *((2, "ram_capacity_gb", rule, "32768", "void_cell") for rule in RAM_RULES),
        (2, "gpu_memory_gb", "memory_of_a_card_is_possible", "640", "void_cell"),
    }
    assert frame["ram_capacity_gb"].to_list() == [32.0, None, 32.0]
    assert frame["gpu_memory_gb"].to_list() == [0.0, None, None]


RAM_RULES = ("memory_of_a_machine_is_possible", "memory_of_a_stick_is_possible")


def test_a_range_of_another_form_or_order_is_emptied(landed):
    frame = checked(landed("server.csv"), "server.csv")
    ends = [("cpu_core_units", "24"), ("cpu_core_units_min", "30"), ("cpu_core_units_max", "64")]
    assert {v for v in found(frame) if v[0] == 3} == {
        (3, "cpu_units", "parses_as(Float64)", "2;1", "void_cell"),
        (3, "power_supply_units", "parses_as(Float64)", "2;2;2;2", "void_cell"),
        *((3, name, "ends_in_order", text, "void_cell") for name, text in ends),
        (3, "use_time_ratio", "less_than_or_equal_to(1)", "1.5", "void_cell"),
    }


def test_a_share_of_a_card_in_words_is_no_number(landed):
    frame = checked(landed("gcp.csv"), "gcp.csv")
    assert frame["gpu_units"].to_list() == [0.0, None, 0.125]
    assert found(frame) == {(2, "gpu_units", "parses_as(Float64)", "1/8th Card (2GB VRAM)", "void_cell")}


def test_a_card_of_640_gb_loses_its_memory(landed):
    frame = checked(landed("gpu_specs.csv"), "gpu_specs.csv")
    assert frame["vram_gb"].to_list() == [40.0, None]
    assert frame["casing_mass_kg"].to_list() == [0.25, None]


def _seed(path: str) -> list[dict[str, str]]:
    with (PROJECT_ROOT / "seeds" / path).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_limits_of_memory_are_those_of_the_gates():
    limits = {row["limit_id"]: float(row["limit_high"] or 0) for row in _seed("gates/gate_limits.csv")}
    assert limits["memory_is_possible.board"] == contract.LARGEST_MACHINE_GB
    assert limits["memory_is_possible.card"] == contract.LARGEST_CARD_GB


def test_every_criterion_has_a_row_of_the_seed():
    known = {(row["criteria_group"], row["criterion"]) for row in _seed("boaviztapi/boaviztapi__criteria.csv")}
    hardware = contract.CRITERIA - {"fe"} | {criterion.lower() for criterion in contract.DEVICE_CRITERIA}
    assert {("hardware", criterion) for criterion in hardware} <= known
    assert {("electricity", criterion) for criterion in contract.MIX_CRITERIA - {"mips", "weee", "fw"}} <= known


def test_water_of_electricity_is_litres_and_never_the_deprivation_weighted_quantity():
    rows = {(r["criteria_group"], r["criterion"]): r for r in _seed("boaviztapi/boaviztapi__criteria.csv")}
    electricity, hardware = rows["electricity", "wu"], rows["hardware", "wu"]
    assert (electricity["indicator_id"], electricity["amount_unit"]) == ("water_consumed", "L")
    assert float(electricity["to_canonical_factor"]) == 1000
    assert hardware["indicator_id"] == "ef_unstated_wu"
    assert rows["electricity", "pe"]["ineligible_reason"]


def test_names_of_one_criterion_meet_in_one_indicator():
    rows = {r["criterion"]: r["indicator_id"] for r in _seed("boaviztapi/boaviztapi__criteria.csv")}
    for pair in ("adp adpe", "efp epf", "efm epm", "gwpb gwppb", "gwpf gwppf", "gwplu gwpplu", "ctuh-c ctuh_c"):
        one, other = pair.split()
        assert rows[one] == rows[other]
    assert rows["ctuh-nc"] == rows["ctuh_nc"] != rows["ctuh-c"]
