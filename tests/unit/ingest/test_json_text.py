"""JSON is read without converting anything, and what is no JSON object is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cradle.errors import ParseError
from ingest.json_text import Members, cell, items, members, read_json, words

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@pytest.fixture
def read(tmp_path):
    def from_bytes(content: bytes):
        file = tmp_path / "some.json"
        file.write_bytes(content)
        return read_json(file)

    return from_bytes


def test_numbers_keep_their_text(read):
    found = read(b'{"a": 1.20, "b": 1E-08, "c": 10000000000000000000001, "d": NaN, "e": true, "f": null, "g": "x"}')
    cells = {key: cell(value, "here") for key, value in found}
    assert cells == {
        "a": "1.20",
        "b": "1E-08",
        "c": "10000000000000000000001",
        "d": "NaN",
        "e": "true",
        "f": None,
        "g": "x",
    }


def test_repeated_keys_stay(read):
    assert read(b'{"a": 1, "a": 2}') == [("a", "1"), ("a", "2")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<!DOCTYPE html><html>", "web page"),
        ('{"a": "é"}'.encode("cp1252"), "not UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "not UTF-8"),
        (b'{"a": [1, 2', "truncated"),
        (b"a,b\n1,2\n", "no JSON"),
        (b'{"a": 1} {"b": 2}', "no JSON"),
        (b"[1, 2]", "an object"),
        (b'"text"', "an object"),
        (b"[" * 100_000, "deeper"),
    ],
)
def test_what_is_no_json_object_is_refused(read, content, said):
    with pytest.raises(ParseError, match=said) as error:
        read(content)
    assert all(getattr(error.value, part) for part in ("what", "where", "expected", "got", "todo"))


def test_keys_must_be_those_of_the_form():
    form = Members([("a", "1"), ("b", "2")])
    assert form.only(["b", "a"], "here") == {"a": "1", "b": "2"}
    with pytest.raises(ParseError, match="missing: 'c'; unknown: 'b'"):
        form.only(["a", "c"], "here")
    with pytest.raises(ParseError, match="twice: 'a'"):
        Members([("a", "1"), ("a", "1")]).only(["a"], "here")


def test_words_are_joined():
    assert words(["a", "b"], "here", ";") == "a;b"
    assert words([], "here", ";") is None
    assert words(None, "here", ";") is None
    for wrong in (["a;b"], [""], [None], [["a"]], "ab", Members([("a", "b")])):
        with pytest.raises(ParseError):
            words(wrong, "here", ";")


def test_a_half_of_a_pair_of_signs_is_refused():
    with pytest.raises(ParseError):
        cell("\ud83d", "here")


@given(ANYTHING)
def test_anything_is_a_value_of_one_form_or_refused(value):
    read = json.loads(json.dumps(value), parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=Members)
    for reader in (cell, members, items):
        try:
            found = reader(read, "here")
        except ParseError:
            continue
        assert isinstance(found, str | list) or found is None
