"""Units: every unit parses, every conversion factor is right, and the units of each product give the flow's unit."""

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


CANONICAL = {row["unit"]: row["canonical_unit"] for row in rows("vocabulary/units.csv")}
UNIT_OF_PARAMETER = {row["parameter_name"]: CANONICAL[row["unit"]] for row in rows("service_models/parameters.csv")} | {
    row["parameter_name"]: row["unit"] for row in rows("service_models/derived_parameters.csv")
}


def product(terms: list[tuple[str, float]]):
    quantity = registry().Quantity(1.0, "")
    for name, exponent in terms:
        quantity = quantity * one(UNIT_OF_PARAMETER[name]) ** exponent
    return quantity


@pytest.mark.parametrize("row", rows("vocabulary/units.csv"), ids=lambda row: row["unit"])
def test_conversion_factors_are_those_of_the_registry(row):
    converted = one(row["unit"]).to(one(row["canonical_unit"]).units).magnitude
    assert converted == pytest.approx(float(row["to_canonical_factor"]), rel=1e-12)


@pytest.mark.parametrize("row", rows("vocabulary/indicators.csv"), ids=lambda row: row["indicator_id"])
def test_an_indicator_has_the_unit_of_its_category(row):
    category = {r["impact_category"]: r["unit"] for r in rows("vocabulary/impact_categories.csv")}
    assert row["unit"] == category[row["impact_category"]]
    one(row["unit"])


@pytest.mark.parametrize("flow", rows("service_models/flows.csv"), ids=lambda row: row["flow_id"])
def test_the_terms_of_a_flow_give_its_unit(flow):
    terms = [
        (term["parameter_name"], float(term["exponent"]))
        for term in rows("service_models/flow_terms.csv")
        if term["flow_id"] == flow["flow_id"]
    ]
    assert terms
    # also the magnitude: watts times hours would have the dimension of kilowatt-hours and a thousand times their number
    assert product(terms).to(one(flow["unit"]).units).magnitude == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize(
    "derived", rows("service_models/derived_parameters.csv"), ids=lambda row: row["parameter_name"]
)
def test_the_inputs_of_a_derived_parameter_give_its_unit(derived):
    inputs = [
        (row["input_name"], float(row["weight"]))
        for row in rows("service_models/derived_parameter_inputs.csv")
        if (row["model_id"], row["parameter_name"]) == (derived["model_id"], derived["parameter_name"])
    ]
    assert inputs
    groups = [inputs] if derived["method"] == "product" else [[(name, 1.0)] for name, _ in inputs]
    for group in groups:
        assert product(group).to(one(derived["unit"]).units).magnitude == pytest.approx(1.0, rel=1e-12)


def test_a_gigabyte_is_no_percentage():
    import pint

    with pytest.raises(pint.DimensionalityError):
        one("GB").to("percent")


def test_a_forgotten_unit_prefix_is_caught():
    wrong = one("W/GB") * one("GB/node") * one("node") * one("h")
    assert wrong.to("kWh").magnitude != pytest.approx(1.0)


@pytest.mark.parametrize("path", sorted(Path(SEEDS).rglob("*units.csv")), ids=lambda path: path.stem)
def test_reference_units_of_datasets_parse(path):
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for column in ("amount_unit", "reference_unit"):
                if row.get(column):
                    one(row[column])
