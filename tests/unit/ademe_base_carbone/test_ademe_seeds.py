"""The seeds say each thing once, in units that can be computed with."""

import pytest


def test_each_spelling_of_a_unit_is_there_once(seed):
    names = [unit["unit_as_printed"] for unit in seed("units")]
    assert len(names) == len(set(names)) == 107


def test_units_are_understood_whole_or_not_at_all(seed):
    for unit in seed("units"):
        parts = [unit["amount_unit"], unit["reference_unit"], unit["to_reference_factor"]]
        assert all(parts) or (not any(parts) and unit["unit_qualifier"]), unit


def test_factors_are_counted_in_kgco2e(seed):
    for unit in seed("units"):
        assert unit["unit_as_printed"].startswith("kgCO2e/") == (unit["amount_unit"] == "kgCO2e"), unit


def test_units_parse_in_the_registry(seed):
    from cradle.units import registry

    units, wrong = registry(), []
    names = {unit[column] for unit in seed("units") for column in ("amount_unit", "reference_unit")} - {""}
    for name in sorted(names):
        try:
            units.parse_units(name)
        except Exception as error:  # pint raises many kinds
            wrong.append(f"{name}: {error}")
    assert wrong == []


@pytest.mark.parametrize(
    ("spellings", "unit", "factor"),
    [
        (["kgCO2e/tonne", "kgCO2e/t"], "kg", 0.001),
        (["kgCO2e/tep PCI", "kgCO2e/TEP PCI", "kgCO2e/Tep PCI"], "toe_lhv", 1),
        (["kgCO2e/m3", "kgCO2e/m³"], "m**3", 1),
        (["kgCO2e/kWh PCI", "kgCO2e/KWh PCI", "kgCO2e/kWh (PCI)", "kgCO2e/kWhPCI"], "kWh_lhv", 1),
        (["kgCO2e/kWh PCS", "kgCO2e/kWhPCS"], "kWh_hhv", 1),
        (["kgCO2e/litre", "kgCO2e/Litre"], "litre", 1),
        (["kgCO2e/keuro (2019) HT"], "EUR_2019", 0.001),
        (["kgCO2e/GJ PCI"], "kWh_lhv", 0.0036),  # 1 kWh is 0.0036 GJ
        (["kgCO2e/GJ PCS"], "kWh_hhv", 0.0036),
        (["kgCO2e/MJ PCI"], "kWh_lhv", 3.6),
        (["kgCO2e/mL"], "m", 1),  # mètre linéaire
    ],
)
def test_spellings_of_one_unit_are_one_unit(seed, spellings, unit, factor):
    units = {
        row["unit_as_printed"]: (row["reference_unit"], float(row["to_reference_factor"] or 0)) for row in seed("units")
    }
    assert [units[spelling] for spelling in spellings] == [(unit, factor)] * len(spellings)


def test_words_of_a_column_have_each_a_word_of_ours(seed):
    terms = seed("terms")
    assert len({(term["column_name"], term["term_id"]) for term in terms}) == len(terms)


def test_a_place_without_an_id_says_why(seed):
    assert [place for place in seed("geographies") if not place["geography_id"] and not place["note"]] == []


def test_placed_postes_use_words_of_the_vocabulary(seed):
    types = {term["term_as_printed"] for term in seed("terms") if term["column_name"] == "poste_type"}
    assert {stage["poste_type_fr"] for stage in seed("poste_stages")} <= types
