"""What stands beside the results: BLOOM's persons as its slide prints them, and the figures that ADEME's file holds."""

import csv
import re

import pytest

from cradle.paths import PROJECT_ROOT
from tests.integration.real_files import REAL_FILES, are_there

SEED = PROJECT_ROOT / "seeds/planetary/everyday_equivalents.csv"
BASE_CARBONE = "ademe_base_carbone"


def things() -> list[dict[str, str]]:
    with SEED.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["source_id"] == BASE_CARBONE]


@pytest.fixture(scope="module")
def elements() -> dict[str, dict[str, str]]:
    """The totals of Base Carbone, by number."""
    with REAL_FILES[BASE_CARBONE][0].open(encoding="cp1252", newline="") as file:
        rows = csv.DictReader(file, delimiter=";")
        return {row["Identifiant de l'élément"]: row for row in rows if row["Type Ligne"] == "Elément"}


def test_bloom_takes_the_budgets_of_59_and_38_persons(bundled):
    found = bundled.sql(
        """
        select budget_set, impact_category, round(person_years)
        from marts.planetary_context
        where scenario_id = 'bloom_mlca' and electricity_view = 'location' and person_years is not null
        """
    ).fetchall()
    assert sorted(found) == [
        (budget_set, category, persons)
        for budget_set in ("mlca_2024", "sala_2020")
        for category, persons in (("ADPe", 38), ("GWP", 59))
    ]


@pytest.mark.skipif(not are_there(BASE_CARBONE), reason="Base Carbone V23.6 is not there")
@pytest.mark.parametrize("thing", things(), ids=lambda row: row["equivalent_id"])
def test_an_everyday_thing_is_what_base_carbone_prints(bundled, elements, thing):
    element = elements[re.fullmatch(r"V23\.6 element (\d+)", thing["locator"])[1]]
    printed = element["Total poste non décomposé"]
    assert element["Statut de l'élément"] == "Valide générique"
    unit = {"km": "km", "passenger*km": "passager.km", "kg": "kg de poids net", "item": "unité"}[
        thing["equivalent_unit"]
    ]
    assert element["Unité français"] == f"kgCO2e/{unit}"
    if not thing["factor_id"]:
        assert thing["as_printed"] == printed
    found = bundled.execute(
        "select distinct equivalent_value from marts.impact_equivalents where equivalent_id = ?",
        [thing["equivalent_id"]],
    ).fetchall()
    assert found == [(float(printed.replace(",", ".")),)]
