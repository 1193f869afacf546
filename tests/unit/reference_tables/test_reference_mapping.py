"""The mapping file: what it may hold, and that nothing else gets through."""

import pytest
import yaml

from cradle.errors import ParseError
from ingest.reference_tables.mapping import FOLDER, header_and_unit, place_names, read_mapping, vocabulary

SMALL = {
    "title": "T",
    "shape": "long",
    "columns": {"item": "a", "stage": "b", "criterion": "c", "value": "d", "source_text": "e"},
    "stages": {"made": "manufacturing"},
    "criteria": [{"indicator_id": "ef_unstated_gwp", "unit": "kgCO2e", "labels": ["GWP"]}],
}


@pytest.fixture
def refused(tmp_path):
    def message(text: str | dict) -> str:
        file = tmp_path / "m.yml"
        file.write_text(text if isinstance(text, str) else yaml.safe_dump(text), encoding="utf-8")
        with pytest.raises(ParseError) as caught:
            read_mapping(str(file))
        return str(caught.value)

    return message


def test_the_small_one_is_read(tmp_path):
    (tmp_path / "m.yml").write_text(yaml.safe_dump(SMALL))
    mapping, content = read_mapping(str(tmp_path / "m.yml"))
    assert mapping.columns["item"] == ("a",) and mapping.stages["made"].covered == "manufacturing" and content


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yml")), ids=lambda file: file.stem)
def test_those_that_ship_are_read_by_name(file):
    assert read_mapping(file.stem)[0].rules


def test_names_of_places_lead_into_the_vocabulary():
    assert set(place_names().values()) <= set(vocabulary("geographies"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"colour": "red"}, "colour: unknown key"),
        ({"shape": "round"}, "shape"),
        ({"columns": {"item": "a", "stage": "b", "criterion": "c"}}, "no column and no constant for value"),
        ({"columns": SMALL["columns"] | {"colour": "x"}}, "columns.colour"),
        ({"columns": SMALL["columns"] | {"tier": "A"}}, "'a' stands twice"),
        ({"stages": {"made": "cooking"}}, "stages"),
        ({"stages": {"made": "manufacturing", "MADE": "use"}}, "'made' stands twice"),
        ({"stages": {"made": {"life_cycle_stage": "embodied_unsplit"}}}, "stages_covered"),
        ({"criteria": [{"indicator_id": "gwp", "labels": ["G"]}]}, "indicators: 'gwp'"),
        ({"criteria": [*SMALL["criteria"], {"indicator_id": "ef31_gwp", "labels": ["Gwp"]}]}, "'gwp' stands twice"),
        ({"amount_units": {"kg": "kilogrammes"}}, "units: 'kilogrammes'"),
        ({"places": {"Here": "HERE"}}, "geographies: 'HERE'"),
        ({"rules": [{"name": "r", "where": {"item": "("}, "reason": "x", "marks": "fake"}]}, "no regular expression"),
        ({"rules": [{"name": "r", "where": {"item": "x"}, "reason": "x"}]}, "neither marks nor sets"),
        (
            {"rules": [{"name": "r", "where": {"item": "x"}, "reason": "x", "sets": {"licence_id": "none"}}]},
            "licences: 'none'",
        ),
        ({"file": {"units_row": 2}}, "units_row goes with shape: wide"),
        ({"file": {"delimiter": "x"}}, "file.delimiter"),
    ],
)
def test_a_slip_is_one_message_that_names_it(refused, change, said):
    assert said in refused(SMALL | change)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: !!python/object/apply:os.system ['true']\n", "tag"),
        ("title: !anything x\n", "tag"),
        ("a: &a [x, x]\nb: *a\n", "anchors"),
        ("title: a\ntitle: b\n", "twice"),
        ("title: [", "plain YAML"),
        ("- a\n- b\n", "the file"),
        ("", "the file"),
        ("[" * 5000, "plain YAML"),
        ("title: " + "x" * 1_100_000, "bytes"),
    ],
)
def test_yaml_that_is_not_plain_is_refused(refused, text, said):
    assert said in refused(text)


def test_an_unknown_name_is_refused_with_those_there_are():
    with pytest.raises(ParseError, match="did you mean 'numecoeval'"):
        read_mapping("numecoval")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("GWP (kgCO2e)", ("GWP", "kgCO2e")),
        ("GWP [kg CO2 eq]", ("GWP", "kg CO2 eq")),
        ("Resource use (minerals and metals) (kg Sb eq)", ("Resource use (minerals and metals)", "kg Sb eq")),
        ("GWP", ("GWP", None)),
        ("(MJ)", ("(MJ)", None)),
    ],
)
def test_the_unit_of_a_header_stands_in_its_last_brackets(header, expected):
    assert header_and_unit(header) == expected
