"""What is not in the published form is refused with its place; nothing of a YAML file is ever constructed."""

import re
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cradle.errors import ParseError
from ingest.boaviztapi.parse import parse
from ingest.boaviztapi.yaml_text import MAX_DEPTH, read_yaml

BOMB = 'a: &a {x: "1"}\nb: &b {x: *a, y: *a}\nc: {x: *b, y: *b}\n'


def replaced(old: str, new: str):
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("factors.yml", replaced("7.00", "!!python/object/apply:os.system ['false']"), "tag.*line 13"),
        ("factors.yml", replaced("7.00", "!!float 7.00"), "tag"),
        ("factors.yml", lambda text: BOMB, "refers to itself"),
        ("factors.yml", replaced("7.00", "&name 7.00"), "refers to itself"),
        ("factors.yml", replaced('"pro"', '"perso"'), "twice.*'perso' again"),
        ("factors.yml", replaced('"cpu"', '"gpu"'), "twice.*'gpu' again"),
        ("factors.yml", replaced('"cpu"', '"fpga"'), "fpga"),
        ("factors.yml", replaced("7.00", "[7.00]"), "a list"),
        ("factors.yml", replaced("7.00", "{more: 1}"), "a mapping where a number"),
        ("factors.yml", lambda text: text + "\n---\n{}\n", "more than one document"),
        ("factors.yml", lambda text: text[: len(text) // 2], "no YAML, or is truncated"),
        ("factors.yml", lambda text: "a: " + "{b: " * (MAX_DEPTH + 1) + "1" + "}" * (MAX_DEPTH + 1), "nested deeper"),
        ("factors.yml", lambda text: "", "empty"),
        ("factors.yml", lambda text: "<!doctype html><html></html>", "web page"),
        ("factors.yml", lambda text: '"cpu": 3', "published form"),
        ("factors.yml", lambda text: "just words", "no mapping"),
        ("electrical_mix.csv", replaced("WOR,FRA", "World,FRA"), "places of three capitals"),
        ("electrical_mix.csv", replaced("country", "gwp"), "names of the places"),
        ("electrical_mix.csv", lambda text: text[:-30], "as many cells|published form"),
        ("electrical_mix.csv", lambda text: text.replace(",", ";"), "wrong sign"),
        ("electrical_mix.csv", lambda text: text.split("\r\n")[0], "names of the places"),
        ("ademe_base_impacts_negaoctet.csv", replaced("Category", "Kind"), "published form"),
        ("ademe_base_impacts_negaoctet.csv", replaced('"8,25E-03"', "8,25E-03"), "as many cells"),
        ("ademe_base_impacts_negaoctet.csv", lambda text: text[:-2], "quoted cell does not end"),
        ("iot_factors_tide.csv", replaced("api_name", "code"), "api_name"),
        ("gpu_specs.csv", replaced("die_surface", "die_size"), "unknown column 'die_size'"),
        ("server.csv", replaced("RAM.units,", ""), "RAM.units|as many cells"),
        ("server.csv", lambda text: text.split("\n")[0], "no rows"),
        ("missing_cpu_manufacture.csv", replaced(",?", ""), "as many cells"),
    ],
)
def test_another_form_is_refused(parsed, name, change, said):
    with pytest.raises(ParseError) as caught:
        parsed(name, change)
    message = str(caught.value)
    assert re.search(said, message, re.DOTALL), message
    assert "expected: " in message
    assert "what to do: " in message


def test_a_file_of_another_name_is_refused(tmp_path):
    file = tmp_path / "factors (1).yml"
    file.write_text("{}")
    with pytest.raises(ParseError, match="none of the files"):
        parse(file)


def test_bytes_that_are_no_text_are_refused(tmp_path):
    for content in (b"\xff\xfe", b"PK\x03\x04", b"a\x00b", b"caf\xe9"):
        file = tmp_path / "factors.yml"
        file.write_bytes(content)
        with pytest.raises(ParseError):
            parse(file)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet='{}[]:,"&*!|>-? \nab1.', max_size=60))
def test_any_text_is_read_or_refused(text):
    with suppress(ParseError):
        assert isinstance(read_yaml(text, "f"), dict)


@given(st.dictionaries(st.text("abc", min_size=1), st.floats(allow_nan=False).map(repr), min_size=1))
def test_numbers_keep_their_text(content):
    text = "{" + ", ".join(f'"{key}": {value}' for key, value in content.items()) + "}"
    assert read_yaml(text, "f") == content
