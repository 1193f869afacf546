"""Each rule of the contract, broken once; and the table of the repository, which breaks none."""

import hashlib

import polars as pl
import pytest

from cradle.paths import PROJECT_ROOT
from ingest.sidecar import read


@pytest.fixture
def source_id() -> str:
    return "datacenters"


def test_the_invented_figures_are_accepted(findings):
    assert findings() == set()


@pytest.mark.parametrize(
    ("column", "text", "check_name", "severity"),
    [
        ("provider", None, "not_nullable", "reject_row"),
        ("quantity", "wue", "isin", "reject_row"),
        ("value", "0.99", "in_range_of_quantity", "reject_row"),
        ("value", "3.01", "in_range_of_quantity", "reject_row"),
        ("value", "1.51", "value_is_as_printed", "reject_row"),
        ("value", "1,15", "parses_as", "reject_row"),
        ("value", "115 %", "parses_as", "reject_row"),
        ("value", "nan", "parses_as", "reject_row"),
        ("value", None, "not_nullable", "reject_row"),
        ("reference_year", "23", "greater_than_or_equal_to", "reject_row"),
        ("reference_year", "FY2023", "parses_as", "reject_row"),
        ("geography_id", "UK", "in_vocabulary", "reject_row"),
        ("basis", "guess", "isin", "reject_row"),
        ("published_on", "2024/05", "str_matches", "void_cell"),
        ("url", "www.example.org", "str_matches", "reject_row"),
        ("as_printed", None, "printed_where_read", "void_cell"),
        ("verification", "checked", "isin", "reject_row"),
    ],
)
def test_a_cell_that_breaks_a_rule(findings, column, text, check_name, severity):
    assert (1, column, check_name, severity) in findings({(1, column): text})


@pytest.mark.parametrize("text", ["-0.1", "10.5"])
def test_a_wue_out_of_its_range(findings, text):
    assert (2, "value", "in_range_of_quantity", "reject_row") in findings({(2, "value"): text})


def test_a_wue_may_be_what_a_pue_may_not(findings):
    assert findings({(2, "value"): "0.3", (2, "as_printed"): "0.3"}) == set()


def test_litres_are_not_what_is_printed_in_another_unit(findings):
    cells = {(2, "value"): "0.3", (2, "as_printed"): "0.3 mL/kWh"}
    assert findings(cells) == {(2, "value", "value_is_as_printed", "reject_row")}


def test_a_figure_that_is_there_twice_is_rejected_both_times(findings):
    found = findings({(3, "site"): "fleet", (3, "reference_year"): "2023"})
    assert {row for row, _, name, _ in found if name == "figure_once"} == {1, 3}


def test_the_table_of_the_repository_keeps_its_contract(checked_table):
    assert checked_table["violations"].list.len().sum() == 0


def test_known_figures_are_in_the_table(checked_table):
    values = {
        (provider, year): value
        for provider, year, quantity, value in checked_table.select(
            "provider", "reference_year", "quantity", "value"
        ).iter_rows()
        if quantity == "pue"
    }
    assert values["Uptime Institute survey", 2023] == 1.58
    assert checked_table.filter(pl.col("provider") == "AWS", pl.col("site") == "fleet", pl.col("quantity") == "pue")[
        "value"
    ].to_list() == [1.15, 1.15, 1.14]


def test_every_figure_of_the_table_was_read_where_it_is_cited(checked_table):
    assert set(checked_table["verification"]) == {"read"}


def test_the_sidecar_names_the_bytes_beside_it():
    folder = PROJECT_ROOT / "ingest" / "datacenters"
    content = (folder / "efficiencies.csv").read_bytes()
    (download,) = read(folder / "source.yml").download
    assert (download.sha256, download.bytes) == (hashlib.sha256(content).hexdigest(), len(content))
