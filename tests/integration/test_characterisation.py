"""Potentials, an inventory and ADEME's gases from the files to factors, against numbers worked out elsewhere."""

import csv
from decimal import Decimal

import duckdb
import pytest

from tests.integration.real_files import REAL_FILES, are_there

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not are_there("ipcc_gwp", "ademe_base_carbone"),
        reason="the published files are not in ../shared/upstream/ipcc-gwp and ademe",
    ),
]

# the reports of the IPCC, Working Group I: AR4 table 2.14, AR5 table 8.A.1, AR6 table 7.SM.7
KNOWN = {
    ("carbon_dioxide_fossil", "gwp100_ar6"): 1,
    ("methane_fossil", "gwp100_ar6"): 27.9,
    ("methane_biogenic", "gwp100_ar6"): 27.9,
    ("methane_fossil", "gwp20_ar6"): 81.2,
    ("nitrous_oxide", "gwp100_ar6"): 273,
    ("sulfur_hexafluoride", "gwp100_ar6"): 25200,
    ("methane_biogenic", "gwp100_ar5"): 28,
    ("methane_fossil", "gwp100_ar5"): 30,
    ("methane_biogenic", "gwp20_ar5"): 84,
    ("nitrous_oxide", "gwp100_ar5"): 265,
    ("sulfur_hexafluoride", "gwp100_ar5"): 23500,
    ("hfc_134a", "gwp100_ar5"): 1300,
    ("methane_fossil", "gwp100_ar4"): 25,
    ("nitrous_oxide", "gwp100_ar4"): 298,
    ("sulfur_hexafluoride", "gwp100_ar4"): 22800,
}
# CO2, CH4 fossil, CH4 biogenic, N2O, SF6 by report and span
BY_HAND = {
    "gwp100_ar5": ("1", "30", "28", "265", "23500"),
    "gwp20_ar5": ("1", "85", "84", "264", "17500"),
    "gwp100_ar6": ("1", "27.9", "27.9", "273", "25200"),
    "gwp20_ar6": ("1", "81.2", "81.2", "273", "18300"),
}
STATED = ("1", "27.9", "27.9", "273", "25200")
GASES = ("CO2f", "CH4f", "CH4b", "N2O", "SF6")


def _one(con: duckdb.DuckDBPyConnection, sql: str, parameters: tuple = ()) -> tuple:
    (row,) = con.execute(sql, parameters).fetchall()
    return row


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ".") or "0")


def _amount(row: dict[str, str], gas: str) -> Decimal:
    if gas != "SF6":
        return _number(row[gas])
    places = range(1, 6)
    named = [place for place in places if row[f"Code gaz supplémentaire {place}"] == gas]
    return sum((_number(row[f"Valeur gaz supplémentaire {place}"]) for place in named), Decimal(0))


@pytest.fixture(scope="module")
def lines() -> list[dict[str, str]]:
    (base_carbone,) = REAL_FILES["ademe_base_carbone"]
    with base_carbone.open(encoding="cp1252", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.mark.parametrize(("flow", "indicator"), KNOWN)
def test_potentials_of_the_reports(pulled, flow, indicator):
    sql = "select value from marts.characterisation_factors where elementary_flow_id = ? and indicator_id = ?"
    assert _one(pulled, sql, (flow, indicator)) == (KNOWN[flow, indicator],)


def test_the_file_of_potentials_rejects_the_names_of_seven_groups_and_nothing_else(pulled):
    sql = """
        select formula, count(*) from contracts.ipcc_gwp__potentials where len(violations) > 0 group by formula
    """
    assert pulled.execute(sql).fetchall() == [("0", 21)]
    assert _one(pulled, "select count(*) from staging.stg_ipcc_gwp__potentials") == (1578 - 21,)


@pytest.mark.parametrize(
    ("indicator", "value"),
    [
        # 1 kg CO2 + 0.01 kg fossil CH4 + 0.001 kg N2O
        ("gwp100_ar6", 1 + 0.01 * 27.9 + 0.001 * 273),
        ("gwp20_ar6", 1 + 0.01 * 81.2 + 0.001 * 273),
        ("gwp100_ar5", 1 + 0.01 * 30 + 0.001 * 265),
        ("gwp20_ar5", 1 + 0.01 * 85 + 0.001 * 264),
    ],
)
def test_an_inventory_that_is_whole_gives_factors_of_which_one_a_category_is_eligible(pulled, indicator, value):
    sql = """
        select value, object_id, geography_id, object_boundary, ineligible_reason, licence_id
        from intermediate.int_factors__from_user_inventory where factor_id = ?
    """
    found, *said = _one(pulled, sql, (f"user_inventory:card:{indicator}",))
    assert found == pytest.approx(value, rel=1e-12)
    reason = None if indicator.endswith("ar6") else "the same flows by AR6 are the ones to choose"
    assert said == ["nvidia_a100_sxm4_40gb", "TWN", "3 of 3 flows characterised", reason, "CC-BY-4.0"]


def test_an_inventory_with_an_unknown_flow_says_so_and_is_not_eligible(pulled):
    sql = """
        select value, ineligible_reason, licence_id
        from intermediate.int_factors__from_user_inventory where factor_id = 'user_inventory:part:gwp100_ar6'
    """
    value, reason, licence = _one(pulled, sql)
    assert value == pytest.approx(25200 / 1e6)
    assert "Etchant X" in reason
    assert licence == "LicenseRef-not-stated"
    gaps = "select count(*) from marts.characterised_inventories where is_gap and flow_name = 'Etchant X'"
    assert _one(pulled, gaps) == (4,)


def test_the_gases_of_every_line_sum_to_its_total(pulled):
    sql = """
        select
            count(*),
            count(*) filter (total_kgco2e = 0 and gases_kgco2e = 0),
            count(*) filter (abs(residual_pct) <= 1)
        from marts.recharacterisation_checks
    """
    assert _one(pulled, sql) == (4354, 142, 4212)


def test_elements_are_characterised_or_say_why_not(pulled):
    sql = """
        select is_recharacterised, count(*) from marts.recharacterisation_checks
        where line_kind = 'element' and status != 'archived' group by all order by all
    """
    assert pulled.execute(sql).fetchall() == [(False, 289), (True, 384)]
    silent = """
        select count(*) from marts.recharacterisation_checks
        where is_recharacterised = (not_recharacterised_reason is not null)
    """
    assert _one(pulled, silent) == (0,)


def test_factors_are_those_worked_out_from_the_file(pulled, lines):
    """Each element that has new factors, from the text of the file in decimal arithmetic."""
    printed = {row["Identifiant de l'élément"]: row for row in lines if row["Type Ligne"] == "Elément"}
    sql = """
        select
            elements.element_id, factors.indicator_id, factors.value / elements.to_reference_factor
        from intermediate.int_factors__from_recharacterisation as factors
        inner join staging.stg_ademe_base_carbone__elements as elements on factors.row_number = elements.row_number
    """
    found = pulled.execute(sql).fetchall()
    assert len(found) == 4 * 384
    for element_id, indicator, value in found:
        row = printed[element_id]
        expected = sum(
            _amount(row, gas) / Decimal(stated) * Decimal(potential)
            for gas, stated, potential in zip(GASES, STATED, BY_HAND[indicator], strict=True)
        )
        assert value == pytest.approx(float(expected), rel=1e-9), (element_id, indicator)
        if indicator == "gwp100_ar6":  # the report that is stated gives the printed total again
            assert value == pytest.approx(float(_number(row["Total poste non décomposé"])), rel=0.01)


def test_masses_per_gj_are_round_by_the_potentials_that_are_stated(lines):
    """No line names its potentials: the amounts of valid lines per GJ are masses of one digit (or a half) by AR6."""

    def three_digits(number: float) -> str:
        return f"{number:.2e}"

    def is_round(amount: float, potential: float) -> bool:
        exponent = int(f"{amount / potential:e}".partition("e")[2])
        masses = (half / 2 * 10**power for half in range(2, 20) for power in (exponent - 1, exponent, exponent + 1))
        return any(three_digits(mass * potential) == three_digits(amount) for mass in masses)

    def hits(gas: str, potential: float) -> int:
        amounts = [
            float(_number(row[gas]))
            for row in lines
            if "GJ" in row["Unité français"] and row["Statut de l'élément"] == "Valide générique"
        ]
        return sum(is_round(amount, potential) for amount in amounts if amount > 0)

    assert [hits("N2O", potential) for potential in (298, 265, 273)] == [19, 0, 52]
    assert [hits("CH4f", potential) for potential in (25, 30, 29.8, 27.9)] == [6, 9, 3, 72]
