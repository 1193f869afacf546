"""CO2.js: two published forms cell by cell, what is refused, and what each contract says of a bad cell."""

import json
from pathlib import Path

import polars as pl
import pytest

from cradle.errors import ParseError
from ingest.co2js.contract import check_electricity_maps_averages, check_ember_averages
from ingest.co2js.parse import parse

FIXTURES = Path(__file__).parent / "fixtures"
EMBER, ZONES = FIXTURES / "average-intensities.json", FIXTURES / "yearly_2031.json"
CHECKS = {"ember_averages": check_ember_averages, "electricity_maps_averages": check_electricity_maps_averages}


def with_lineage(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(source_id=pl.lit("co2js"), release_id=pl.lit("test"), file_sha256=pl.lit("0" * 64))


def checked(file: Path, cells: dict[tuple[int, str], str | None]) -> pl.DataFrame:
    ((entity, frame),) = parse(file).items()
    if entity == "electricity_maps_averages" and not any(column == "year" for _, column in cells):
        frame = frame.with_columns(year=pl.lit("2025"))
    for (row_number, column), text in cells.items():
        here = pl.col("row_number") == row_number
        frame = frame.with_columns(pl.when(here).then(pl.lit(text)).otherwise(pl.col(column)).alias(column))
    return CHECKS[entity](with_lineage(frame))


def findings(frame: pl.DataFrame) -> set[tuple[int, str, str, str]]:
    rows = frame.select("row_number", "violations").explode("violations").drop_nulls().to_dicts()
    return {(r["row_number"], *(r["violations"][k] for k in ("column_name", "check_name", "severity"))) for r in rows}


def test_ember_keeps_the_text_of_the_file():
    frame = parse(EMBER)["ember_averages"]
    assert frame["place_key"].to_list() == ["AAA", "Groupe", "BBB"]
    assert frame["country_code"].to_list() == ["AAA", None, "BBB"]
    assert frame["place_name"][0] == "Île d'essai"
    assert frame["carbon_intensity"].to_list() == ["250.50", "0", None]
    assert frame["row_number"].to_list() == [1, 2, 3]


def test_zones_keep_their_text_and_take_the_year_of_the_name():
    frame = parse(ZONES)["electricity_maps_averages"]
    assert frame.select("zone_key", "year", "grid_carbon_intensity", "renewable_share_pct").rows() == [
        ("AA", "2031", "41", "6.50"),
        ("AA-NSW", "2031", "700", "0"),
    ]
    assert frame.select("place_name", "display_name", "country_name").rows() == [
        ("First Country", None, None),
        ("South Zone", "South", "First Country"),
    ]


@pytest.mark.parametrize("name", ["averages.json", "yearly_2024_2025.json", "yearly_20245.json"])
def test_a_year_is_asked_for_and_never_guessed(tmp_path, name):
    (tmp_path / name).write_bytes(ZONES.read_bytes())
    with pytest.raises(ParseError, match="year of the values is not known"):
        parse(tmp_path / name)


def test_one_year_twice_in_the_name_is_one_year(tmp_path):
    (tmp_path / "2024-yearly_2024.json").write_bytes(ZONES.read_bytes())
    assert parse(tmp_path / "2024-yearly_2024.json")["electricity_maps_averages"]["year"][0] == "2024"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"{}", "no place"),
        (b"<!doctype html><html>", "web page"),
        (b'{"AAA": {"country_code": "AAA"', "truncated"),
        (b'{"AAA": 3}', "an object"),
        (b"[1]", "an object"),
        (b'{"A": {"Operating Margin Grid Emission": "414"}}', "none of the files of CO2.js"),
        (b'{"A": {"country_code": "A", "year": 1}}', "missing"),
        (b'{"A": {"carbonIntensity": {"value": 1}, "zone": {}}}', "missing"),
        ("é".encode("latin-1"), "UTF-8"),
    ],
)
def test_what_is_not_of_the_published_form(tmp_path, content, said):
    file = tmp_path / "yearly_2024.json"
    file.write_bytes(content)
    with pytest.raises(ParseError, match=said) as error:
        parse(file)
    assert all(getattr(error.value, part) for part in ("what", "where", "expected", "got", "todo"))


def test_an_unknown_key_or_form_of_a_zone_is_refused(tmp_path):
    for change in (
        lambda zone: zone["zone"].update(colour="red"),
        lambda zone: zone["zone"].pop("zoneName"),
        lambda zone: zone.update(carbonIntensity=41),
        lambda zone: zone["carbonIntensity"].update(value=[41]),
        lambda zone: zone["carbonIntensity"].pop("unit"),
    ):
        content = json.loads(ZONES.read_text(encoding="utf-8"))
        change(content["AA"])
        (tmp_path / "yearly_2024.json").write_text(json.dumps(content), encoding="utf-8")
        with pytest.raises(ParseError, match="AA"):
            parse(tmp_path / "yearly_2024.json")


def test_sound_rows_are_typed_and_a_missing_number_is_not_0():
    ember = checked(EMBER, {(3, "carbon_intensity"): "10"})
    assert findings(ember) == set()
    assert ember["carbon_intensity"].to_list() == [250.5, 0.0, 10.0]
    assert ember["carbon_intensity_as_printed"].to_list() == ["250.50", "0", "10"]
    assert checked(EMBER, {})["carbon_intensity"].to_list() == [250.5, 0.0, None]
    zones = checked(ZONES, {})
    assert findings(zones) == set()
    assert zones["grid_carbon_intensity"].to_list() == [41.0, 700.0]


@pytest.mark.parametrize(
    ("file", "column", "text", "check", "severity"),
    [
        (EMBER, "place_key", "AAB", "key_is_code_or_name", "reject_row"),
        (EMBER, "country_code", "A1", "str_matches('^[A-Z]{3}$')", "reject_row"),
        (EMBER, "year", "1822", "greater_than_or_equal_to(2000)", "reject_row"),
        (EMBER, "year", "2023.5", "parses_as(Int64)", "reject_row"),
        (EMBER, "carbon_intensity", "-1", "greater_than_or_equal_to(0)", "void_cell"),
        (EMBER, "carbon_intensity", "250500", "less_than_or_equal_to(2000)", "void_cell"),
        (EMBER, "carbon_intensity", "250,5", "parses_as(Float64)", "void_cell"),
        (EMBER, "carbon_intensity", "NaN", "parses_as(Float64)", "void_cell"),
        (ZONES, "zone_key", "aa", "str_matches('^[A-Z]{2}(-[A-Z0-9]+)*$')", "reject_row"),
        (ZONES, "year", "2031", "less_than_or_equal_to(2026)", "reject_row"),
        (ZONES, "grid_carbon_intensity_unit", "kgCO2eq/kWh", "isin(['gCO2eq/kWh'])", "reject_row"),
        (ZONES, "renewable_share_pct_unit", "1", "isin(['%'])", "reject_row"),
        (ZONES, "renewable_share_pct", "101", "less_than_or_equal_to(100)", "void_cell"),
        (ZONES, "carbon_free_share_pct", "-1", "greater_than_or_equal_to(0)", "void_cell"),
        (ZONES, "grid_carbon_intensity", "Infinity", "parses_as(Float64)", "void_cell"),
    ],
)
def test_what_a_bad_cell_costs(file, column, text, check, severity):
    frame = checked(file, {(1, column): text})
    assert (1, column, check, severity) in findings(frame)
    assert frame.height == parse(file).popitem()[1].height  # rows in = accepted + rejected


def test_a_place_or_zone_that_is_there_twice_is_rejected_both_times():
    twice = findings(checked(EMBER, {(3, "place_key"): "AAA", (3, "country_code"): "AAA"}))
    assert {
        (1, "place_key", "field_uniqueness", "reject_row"),
        (3, "place_key", "field_uniqueness", "reject_row"),
    } <= twice
    zones = findings(checked(ZONES, {(2, "zone_key"): "AA"}))
    assert {row for row, _, check, _ in zones if check == "zone_once_a_year"} == {1, 2}
