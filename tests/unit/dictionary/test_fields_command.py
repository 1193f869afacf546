"""`cradle fields`: what a column, a mart or a word is, and what is said of a slip."""

import json

import pytest
from typer.testing import CliRunner

from cradle.cli import app, main
from cradle.near import near_names


def said(*arguments):
    done = CliRunner().invoke(app, ["fields", *arguments], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def test_a_column_with_unit_null_and_marts():
    text = said("value_low")
    assert "unit:        in unit, or amount_unit per reference_unit" in text
    assert "empty means: no range is declared or there is no value" in text
    assert "impact_totals" in text and "factors" in text


def test_a_column_of_one_mart_has_the_unit_of_that_mart():
    [field] = json.loads(said("marts.impact_totals.value_low", "--format", "json"))["fields"]
    assert field["unit"] == "in unit" and field["types"] == ["double"] and field["marts"] == ["impact_totals"]


def test_a_mart_with_key_and_every_column():
    [mart] = json.loads(said("impact_totals", "--format", "json"))["marts"]
    assert mart["key"] == ["scenario_id", "impact_category", "electricity_view"]
    assert mart["grain"] == "one row a scenario, impact category and electricity view"
    columns = {column["name"]: column for column in mart["columns"]}
    assert columns["value"]["null_meaning"] and columns["scenario_id"]["null_meaning"] is None
    assert "impact_totals  (mart: one row a scenario" in said("impact_totals")


def test_a_word_by_any_of_its_names():
    assert said("functional unit") == said("Functional Unit")
    text = said("power usage effectiveness")
    assert text.startswith("PUE") and "ISO/IEC 30134-2" in text and "not to be confused" in text


def test_without_a_name_all_marts_are_listed():
    assert "impact_totals" in said() and "one row a" in said()
    assert len(json.loads(said("--format", "json"))["marts"]) > 40


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("value_lo", "value_low"),
        ("low_value", "value_low"),
        ("functionl unit", "functional unit"),
        ("impact_totals.valeu", "impact_totals.value"),
        ("impcts", "impacts"),
    ],
)
def test_a_slip_names_what_was_meant(slip, meant, capsys):
    assert main(["fields", slip]) == 2
    assert meant in capsys.readouterr().err.split("got:")[0]


def test_nonsense_has_nothing_near(capsys):
    assert main(["fields", "\x1b[31mqqq"]) == 2
    told = capsys.readouterr().err
    assert "docs/marts/README.md" in told and "\x1b" not in told
    assert main(["fields", "value", "--format", "xml"]) == 2
    assert "text or json" in capsys.readouterr().err


def test_the_nearest_name_is_first_and_a_far_one_is_not_near():
    known = ["bloom_mlca", "bloom_mlca_open", "luccioni_2023_bloom", "sd_service_2025", "zzz"]
    assert near_names("bloom_mlac", known)[0] == "bloom_mlca"
    assert near_names("mlca bloom", known)[:1] == ["bloom_mlca"]
    assert near_names("BLOOM", known) == ["bloom_mlca", "bloom_mlca_open", "luccioni_2023_bloom"]
    assert near_names("xq", known) == [] and near_names("", known) == []
