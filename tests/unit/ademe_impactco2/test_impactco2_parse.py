"""Items become one row an entry, numbers as written; whatever is no category file is refused."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cradle.errors import ParseError
from ingest.ademe_impactco2.parse import COLUMNS, parse

FIXTURES = Path(__file__).parent / "fixtures"
DEVICES = (FIXTURES / "invented_devices.json").read_text(encoding="utf-8")


def parsed(folder: Path, text: str | bytes):
    file = folder / "numerique.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return parse(file)


def test_devices_are_one_row_an_entry_with_numbers_as_written():
    tables = parse(FIXTURES / "invented_devices.json")
    assert list(tables) == ["devices"]
    frame = tables["devices"]
    assert frame.columns == [*COLUMNS, "row_number"]
    assert frame.select("slug", "entry_id", "value", "row_number").rows() == [
        ("montre", "4", "0.10", 1),
        ("montre", "5", "8.5e-1", 2),
        ("montre", "usage.peryear", "0.2", 3),
        ("montre", "usage.defaultyears", "2.5", 4),
        ("montre", "end", "0", 5),
        ("reveil", "5", "3", 6),
    ]
    assert frame.row(0, named=True)["name"] == "Montre[s] "
    assert frame.row(5, named=True)["subtitle"] == "de table"
    assert frame.row(5, named=True)["source_url"] is None


def test_services_are_known_by_their_category_and_empty_texts_are_null():
    frame = parse(FIXTURES / "invented_services.json")["services"]
    assert frame.select("slug", "prefix", "subtitle", "item_unit", "category", "entry_id", "value").rows() == [
        ("minuterie", "Heure[s] de ", None, None, "10", "13", "0.00001234"),
        ("minuterie", "Heure[s] de ", None, None, "10", "17", "7.755216e-8"),
    ]


def test_a_value_that_is_null_is_landed_as_null(tmp_path):
    frame = parsed(tmp_path, DEVICES.replace('"value": 0.10', '"value": null'))["devices"]
    assert frame["value"][0] is None


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "empty"),
        ("<!DOCTYPE html>", "web page"),
        ("name,slug\n", "no valid JSON"),
        (DEVICES[:-40], "no valid JSON"),
        ("[]", "no list of items"),
        ("{}", "no list of items"),
        ("[1]", "no list of items"),
        ("[" * 100_000, "no valid JSON"),
        (DEVICES.encode("utf-16"), "no UTF-8"),
        (DEVICES.encode("cp1252"), "no UTF-8"),
        (DEVICES.replace('"end": 0', '"end": NaN'), "NaN"),
        (DEVICES.replace('"end": 0', '"end": "0"'), "no number"),
        (DEVICES.replace('"end": 0', '"end": true'), "no number"),
        (DEVICES.replace('"end": 0', '"end": 0, "end": 1'), "twice"),
        (DEVICES.replace('"end": 0', '"total": 0'), "unknown: total"),
        (DEVICES.replace('"slug": "reveil",', ""), "missing: slug"),
        (DEVICES.replace('"slug": "reveil"', '"slug": ["reveil"]'), "slug of an item is no text"),
        (DEVICES.replace('"category": 1', '"category": 10', 1), "categories 1, 10"),
        (DEVICES.replace('"category": 1', '"category": 2'), "categories 2"),
        (DEVICES.replace('[{ "id": 5, "value": 3 }]', "[]"), "no list of life-cycle entries"),
        (DEVICES.replace('{ "id": 5, "value": 3 }', '{ "id": 5 }'), "another form"),
        (DEVICES.replace('{ "id": 5, "value": 3 }', '{ "id": "5", "value": 3 }'), "another form"),
        (DEVICES.replace('"peryear": 0.2, ', ""), "usage of an item"),
    ],
)
def test_what_is_refused(tmp_path, text, part):
    with pytest.raises(ParseError) as error:
        parsed(tmp_path, text)
    assert part in str(error.value)
    assert all(getattr(error.value, name) for name in ("what", "where", "expected", "got", "todo"))


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 99) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "value", "x"]), inner),
    max_leaves=6,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(key=st.sampled_from(["name", "slug", "category", "ecv", "usage", "end", "source", "unit"]), value=_VALUES)
def test_any_value_of_a_key_is_read_or_refused(tmp_path, key, value):
    items = json.loads(DEVICES)
    items[1][key] = value
    try:
        tables = parsed(tmp_path, json.dumps(items))
    except ParseError:
        return
    (frame,) = tables.values()
    assert frame.height >= 6
