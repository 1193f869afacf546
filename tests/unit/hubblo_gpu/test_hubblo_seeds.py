"""Seeds, columns and contract name the same things."""

import csv

import polars as pl
import pytest

from cradle.paths import PROJECT_ROOT
from ingest.hubblo_gpu.columns import CATEGORIES
from ingest.hubblo_gpu.contract import stage_of


def read_seed(path: str) -> list[dict[str, str]]:
    with (PROJECT_ROOT / "seeds" / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_category_is_there_once():
    seed = read_seed("hubblo_gpu/hubblo_gpu__categories.csv")
    assert [row["source_category"] for row in seed] == [category.lower() for category in CATEGORIES]


def test_components_have_the_stage_that_the_contract_gives_them(components):
    seed = read_seed("hubblo_gpu/hubblo_gpu__components.csv")
    assert [row["component"] for row in seed] == list(components)
    frame = pl.DataFrame(seed).with_columns(expected=stage_of(pl.col("component")))
    assert frame["expected"].to_list() == frame["life_cycle_stage"].to_list()


def test_unit_factors_are_of_known_components(components):
    assert {row["component"] for row in read_seed("hubblo_gpu/hubblo_gpu__unit_factors.csv")} <= set(components)


@pytest.mark.parametrize("column", ["amount_unit", "unit"])
def test_units_parse_in_the_registry(column):
    from cradle.units import registry

    units = {
        "amount_unit": [row["amount_unit"] for row in read_seed("hubblo_gpu/hubblo_gpu__categories.csv")],
        "unit": [row["reference_unit"] for row in read_seed("hubblo_gpu/hubblo_gpu__unit_factors.csv")],
    }[column]
    for unit in units:
        registry().parse_units(unit)


def test_the_factor_of_a_reference_unit_is_that_of_the_registry():
    from cradle.units import registry

    units = registry()
    for row in read_seed("hubblo_gpu/hubblo_gpu__unit_factors.csv"):
        *square, word = row["unit_as_printed"].removeprefix("1 ").split()
        printed = units.Quantity(1, f"{word}**2" if square else word)
        assert 1 / printed.to(row["reference_unit"]).magnitude == pytest.approx(float(row["to_reference_factor"]))
