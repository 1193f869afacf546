"""The conventions say what their sources print, once for each part of a mix."""

import csv

import pytest

from cradle.paths import PROJECT_ROOT
from cradle.units import registry
from ingest.codecarbon.contract import PARTS
from ingest.codecarbon.release import select

SEED = PROJECT_ROOT / "seeds" / "codecarbon" / "codecarbon__primary_energy_conventions.csv"


@pytest.fixture(scope="module")
def conventions() -> list[dict[str, str]]:
    with SEED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_part_of_a_mix_has_one_convention(conventions):
    assert [f"{row['fuel']}_twh" for row in conventions] == list(PARTS)


def test_the_factor_is_what_the_printed_efficiency_gives(conventions):
    for row in conventions:
        efficiency = registry().Quantity(float(row["as_printed"]), {"%": "percent"}[row["unit_as_printed"]])
        expected = (1 / efficiency).to("dimensionless").magnitude
        assert float(row["mj_primary_per_mj"]) == pytest.approx(expected, rel=1e-15), row["fuel"]


def test_fossil_and_nuclear_are_the_non_renewable_ones(conventions):
    assert {row["fuel"] for row in conventions if row["is_renewable"] == "false"} == {"coal", "gas", "oil", "nuclear"}


def test_the_bundle_takes_everything(mixes):
    assert select({"energy_mixes": mixes})["energy_mixes"].equals(mixes)
