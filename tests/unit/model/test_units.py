"""Units: every unit parses, every conversion factor is right, and every canonical unit is made of its base units.

That the units of the terms give the unit of a flow is a test of every build (tests/singular/units_of_*.sql).
"""

import csv
from pathlib import Path

import pytest

from cradle.paths import PROJECT_ROOT
from cradle.units import registry

SEEDS = PROJECT_ROOT / "seeds"


def rows(path: str) -> list[dict[str, str]]:
    with (SEEDS / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def one(unit: str):
    """One of the unit; '%' and '1' as pint spells them."""
    spelling = {"%": "percent", "1": ""}.get(unit, unit)
    return registry().Quantity(1.0, spelling)


@pytest.mark.parametrize("row", rows("vocabulary/units.csv"), ids=lambda row: row["unit"])
def test_conversion_factors_are_those_of_the_registry(row):
    converted = one(row["unit"]).to(one(row["canonical_unit"]).units).magnitude
    assert converted == pytest.approx(float(row["to_canonical_factor"]), rel=1e-12)


@pytest.mark.parametrize("row", rows("vocabulary/indicators.csv"), ids=lambda row: row["indicator_id"])
def test_an_indicator_has_the_unit_of_its_category(row):
    category = {r["impact_category"]: r["unit"] for r in rows("vocabulary/impact_categories.csv")}
    assert row["unit"] == category[row["impact_category"]]
    one(row["unit"])


@pytest.mark.parametrize("unit", sorted({row["canonical_unit"] for row in rows("vocabulary/units.csv")}))
def test_a_canonical_unit_is_the_product_of_its_base_units(unit):
    quantity = registry().Quantity(1.0, "")
    for row in rows("vocabulary/unit_dimensions.csv"):
        if row["canonical_unit"] == unit:
            quantity = quantity * one(row["base_unit"]) ** int(row["exponent"])
    # also the magnitude: watts times hours would have the dimension of kilowatt-hours and a thousand times their number
    assert quantity.to(one(unit).units).magnitude == pytest.approx(1.0, rel=1e-12)


def test_a_gigabyte_is_no_percentage():
    import pint

    with pytest.raises(pint.DimensionalityError):
        one("GB").to("percent")


@pytest.mark.parametrize("path", sorted(Path(SEEDS).rglob("*units.csv")), ids=lambda path: path.stem)
def test_reference_units_of_datasets_parse(path):
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for column in ("amount_unit", "reference_unit"):
                if row.get(column):
                    one(row[column])
