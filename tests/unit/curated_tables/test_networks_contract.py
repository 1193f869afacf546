"""Each rule of the contract, broken once; and the table of the repository, which breaks none."""

import hashlib

import pytest

from cradle.paths import PROJECT_ROOT
from ingest.networks.contract import (
    CANONICAL_OF,
    CANONICAL_UNITS,
    PER_AMOUNT_UNIT,
    PLAUSIBLE_PER_GB,
    PLAUSIBLE_PER_LINE,
)
from ingest.sidecar import read


@pytest.fixture
def source_id() -> str:
    return "networks"


def test_the_invented_figures_are_accepted(findings):
    assert findings() == set()


@pytest.mark.parametrize(
    ("column", "text", "check_name", "severity"),
    [
        ("intensity_id", "Invented 1", "str_matches", "reject_row"),
        ("network_type", "satellite", "isin", "reject_row"),
        ("quantity", "water", "isin", "reject_row"),
        ("value", None, "not_nullable", "reject_row"),
        ("value", "0,05", "parses_as", "reject_row"),
        ("value", "n/a", "parses_as", "reject_row"),
        ("value", "inf", "parses_as", "reject_row"),
        ("value", "-0.05", "greater_than", "reject_row"),
        ("value", "5e9", "plausible_for_quantity", "reject_row"),
        ("value", "50", "plausible_for_quantity", "reject_row"),
        ("value", "0.000005", "plausible_for_quantity", "reject_row"),
        ("value", "0.06", "value_is_as_printed", "reject_row"),
        ("low", "0.000001", "plausible_for_quantity", "void_cell"),
        ("high", "11", "plausible_for_quantity", "void_cell"),
        ("low", "0,01", "parses_as", "void_cell"),
        ("low", "0.051", "low_below_value", "void_cell"),
        ("high", "0.049", "high_above_value", "void_cell"),
        ("amount_unit", "kw", "isin", "reject_row"),
        ("amount_unit", "kgCO2e", "unit_fits_quantity", "reject_row"),
        ("reference_unit", "Go", "isin", "reject_row"),
        ("reference_unit", None, "not_nullable", "reject_row"),
        ("geography_id", "FR", "in_vocabulary", "reject_row"),
        ("reference_year", "21", "greater_than_or_equal_to", "void_cell"),
        ("reference_year", "2021.5", "parses_as", "void_cell"),
        ("published_on", "May 2022", "str_matches", "void_cell"),
        ("url", "example.org", "str_matches", "reject_row"),
        ("as_printed", None, "printed_where_read", "void_cell"),
        ("verification", "believed", "isin", "reject_row"),
        ("title", None, "not_nullable", "reject_row"),
    ],
)
def test_a_cell_that_breaks_a_rule(findings, column, text, check_name, severity):
    assert (1, column, check_name, severity) in findings({(1, column): text})


@pytest.mark.parametrize("text", ["0.05 MWh", "0.05 kWh/MB", "0,5", "5e-3"])
def test_a_value_that_its_text_does_not_print_is_rejected(findings, text):
    assert findings({(1, "as_printed"): text}) == {(1, "value", "value_is_as_printed", "reject_row")}


@pytest.mark.parametrize(
    ("quantity", "value", "amount_unit", "reference_unit", "is_plausible"),
    [
        ("electricity", "10", "kWh", "GB", True),
        ("electricity", "10.1", "kWh", "GB", False),
        ("electricity", "0.01", "kWh", "MB", True),
        ("electricity", "0.0101", "kWh", "MB", False),
        ("electricity", "10000", "MWh", "PB", True),
        ("electricity", "10100", "MWh", "PB", False),
        ("electricity", "0.01", "Wh", "GB", True),
        ("electricity", "0.0099", "Wh", "GB", False),
        ("electricity", "83", "kWh", "line*month", True),
        ("electricity", "84", "kWh", "line*month", False),
        ("electricity", "0.99", "kWh", "line*year", False),
        ("embodied_gwp", "1000", "gCO2e", "GB", True),
        ("embodied_gwp", "1001", "gCO2e", "GB", False),
        ("life_cycle_gwp", "0.0000009", "kgCO2e", "GB", False),
        ("operational_gwp", "0.09", "kgCO2e", "line*year", False),
        ("life_cycle_gwp", "1001", "kgCO2e", "line*year", False),
        ("embodied_adpe", "11", "mgSbe", "GB", False),
        ("embodied_pe", "21", "MJ", "GB", False),
    ],
)
def test_the_range_holds_in_canonical_units(findings, quantity, value, amount_unit, reference_unit, is_plausible):
    cells = {"quantity": quantity, "value": value, "amount_unit": amount_unit, "reference_unit": reference_unit}
    found = findings({(3, column): text for column, text in cells.items()})
    assert (found == set()) is is_plausible
    assert is_plausible or found == {(3, "value", "plausible_for_quantity", "reject_row")}


def test_every_quantity_has_its_ranges():
    assert set(PLAUSIBLE_PER_GB) == set(PLAUSIBLE_PER_LINE) == set(CANONICAL_UNITS)
    assert set(PER_AMOUNT_UNIT) == set(CANONICAL_OF)


def test_a_figure_that_is_there_twice_is_rejected_both_times(findings):
    found = findings({(2, "intensity_id"): "invented_1:fixed"})
    assert {row for row, _, name, _ in found if name == "intensity_once"} == {1, 2}


def test_every_quantity_has_a_unit_that_fits():
    assert set(CANONICAL_UNITS.values()) <= set(CANONICAL_OF.values())


def test_the_table_of_the_repository_keeps_its_contract(checked_table):
    assert checked_table["violations"].list.len().sum() == 0


def test_known_figures_are_in_the_table(checked_table):
    values = dict(checked_table.select("intensity_id", "value").iter_rows())
    assert values["aslan_2018:fixed"] == 0.06
    assert values["traficom_2021:fixed"] == 0.05 and values["traficom_2021:mobile"] == 0.12


def test_every_figure_of_the_table_was_read_where_it_is_cited(checked_table):
    assert set(checked_table["verification"]) == {"read"}


def test_the_sidecar_names_the_bytes_beside_it():
    folder = PROJECT_ROOT / "ingest" / "networks"
    content = (folder / "intensities.csv").read_bytes()
    (download,) = read(folder / "source.yml").download
    assert (download.sha256, download.bytes) == (hashlib.sha256(content).hexdigest(), len(content))
