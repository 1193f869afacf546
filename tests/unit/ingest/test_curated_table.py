"""Tables of our own beside a sidecar: read as text, or refused with a message that says how to go on."""

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cradle.errors import ParseError
from ingest.curated_table import read_table

COLUMNS = ("a", "b")


@pytest.fixture(autouse=True)
def _the_limit_that_python_starts_with():
    before = csv.field_size_limit(131_072)  # frictionless raises it for the whole process
    yield
    csv.field_size_limit(before)


def written(folder: Path, content: bytes) -> Path:
    file = folder / "table.csv"
    file.write_bytes(content)
    return file


def test_cells_are_text_and_empty_ones_null(tmp_path):
    frame = read_table(written(tmp_path, b'\xef\xbb\xbfb,a\r\n"1,5",\r\n 2 ,"x ""y"""\r\n'), COLUMNS)
    assert frame.to_dicts() == [
        {"a": None, "b": "1,5", "row_number": 1},
        {"a": 'x "y"', "b": " 2 ", "row_number": 2},
    ]


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "an empty file"),
        (b" \n\n", "an empty file"),
        (b"<!DOCTYPE html><html></html>", "a web page"),
        (b"PK\x03\x04 and more", "zip archive"),
        (b'[{"a": 1}]', "JSON"),
        ("a,b\n1,2\n".encode("utf-16"), "zero bytes"),
        ("a,b\né,2\n".encode("cp1252"), "byte 0xe9 at 5"),
        (b"a;b\n1;2\n", "a;b"),
        (b"a,c\n1,2\n", "missing: b"),
        (b"a,b,b\n1,2,3\n", "a, b, b"),
        (b"a,b\n", "no rows"),
        (b"a,b\n1,2\n3\n", "row 2"),
        (b"a,b\n1,2,3\n", "3 cells"),
        (b'a,b\n1,"2\n', "quoted cell"),
        (b'a,b\n1,"2"x\n', "quoted cell"),
        (b"a,b\n1,2\n" + b"3," + b"4" * 131_073 + b"\n", "A cell is too long"),
        (b'a,b\n1,"' + b"2,\n" * 50_000, "131,072 characters in a cell"),
        (b"a,b\n" + b"1,2\n" * 500 + b"1,\x002\n", "the first at 2007"),
    ],
)
def test_what_is_refused(tmp_path, content, part):
    with pytest.raises(ParseError) as error:
        read_table(written(tmp_path, content), COLUMNS)
    assert part in str(error.value)
    assert all(getattr(error.value, name) for name in ("what", "where", "expected", "got", "todo"))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@example(b"\xef\xbb\xbf")
@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: f"a,b\n{text}".encode())))
def test_any_bytes_are_read_or_refused(tmp_path, content):
    try:
        frame = read_table(written(tmp_path, content), COLUMNS)
    except ParseError:
        return
    assert frame.columns == ["a", "b", "row_number"]
    assert frame["row_number"].to_list() == list(range(1, frame.height + 1))
