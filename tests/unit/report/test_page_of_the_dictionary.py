"""The pages of the dictionary and the glossary say what the warehouse and the records say."""

import duckdb
import pytest

from cradle.dictionary import Field
from cradle.report.ask import Marts
from cradle.report.pages import dictionary, glossary

SCENARIO = Field(name="scenario_id", description="A scenario.", unit=None, null_meaning="any")
VALUE = Field(
    name="value",
    description="The number.",
    unit="in unit, or amount_unit per reference_unit",
    null_meaning="not modelled",
)


@pytest.fixture
def page(tmp_path):
    db = tmp_path / "cradle.duckdb"
    with duckdb.connect(str(db)) as con:
        con.execute(f"""
            create schema marts;
            create table marts.impact_totals (
                scenario_id varchar primary key, value double, odd integer, unit varchar, licence_set varchar
            );
            comment on table marts.impact_totals is 'Totals; one row a scenario. More.';
            comment on column marts.impact_totals.scenario_id is '{SCENARIO.doc()}';
            comment on column marts.impact_totals.value is '{VALUE.doc()}';
            create table marts.of_the_user (x integer);
            create table main.not_shown (x integer);
        """)
    with Marts(db) as marts:
        yield dictionary.page(marts)


def test_each_table_with_grain_key_and_licence(page):
    totals, other = page.sections[0].rows
    assert (totals["topic"], totals["what it holds"], totals["grain"]) == (
        "Impacts of services",
        "Totals. More.",
        "one row a scenario",
    )
    assert (totals["key"], totals["licence column"]) == ("scenario_id", "licence_set")
    assert (other["mart"], other["topic"], other["key"]) == ("of_the_user", "Other tables", None)


def test_each_column_with_unit_and_what_an_empty_cell_means(page):
    of_totals, of_other = page.sections[1:]
    assert [row["column"] for row in of_totals.rows] == ["scenario_id", "value", "odd", "unit", "licence_set"]
    scenario, value, odd, *_ = of_totals.rows
    assert scenario["an empty cell means"] == "never empty" and scenario["unit"] == "none"
    assert (value["unit"], value["an empty cell means"], value["type"]) == ("in unit", "not modelled", "double")
    assert odd["meaning"] == ""
    assert [row["mart"] for row in of_other.rows] == ["of_the_user"]


def test_the_glossary_has_a_table_for_each_of_its_readers():
    lca, data = glossary.page().sections
    [pue] = [row for row in lca.rows if row["term"] == "PUE"]
    assert pue["defined in"] == "ISO/IEC 30134-2:2016" and "power usage" in pue["also"]
    assert {"mart", "grain", "null"} <= {row["term"] for row in data.rows}
