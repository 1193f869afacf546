"""A plain CSV of upstream: what is damaged is refused in words that say what is wrong."""

import csv

import pytest

from cradle.errors import ParseError
from ingest.plain_csv import decode, read_table

COLUMNS = {"A": "a", "B": "b"}


@pytest.fixture(autouse=True)
def _the_limit_that_python_starts_with():
    before = csv.field_size_limit(131_072)  # frictionless raises it for the whole process
    yield
    csv.field_size_limit(before)


def refusal(content: bytes) -> ParseError:
    with pytest.raises(ParseError) as error:
        read_table(decode(content, "table.csv", "a CSV"), COLUMNS, "table.csv")
    assert all(getattr(error.value, name) for name in ("what", "where", "expected", "got", "todo"))
    return error.value


def test_cells_are_text_under_our_names():
    frame = read_table(decode(b'A,B\n1,"2,5"\n,x\n', "table.csv", "a CSV"), COLUMNS, "table.csv")
    assert frame.rows() == [("1", "2,5", 1), (None, "x", 2)]


@pytest.mark.parametrize("content", [b"A,B\n1,2\n3," + b"4" * 131_073 + b"\n", b'A,B\n1,2\n3,"' + b"4,\n" * 50_000])
def test_a_cell_over_the_limit_is_called_too_long(content):
    error = refusal(content)
    assert error.what == "A cell is too long"
    assert (error.where, error.expected) == (
        "table.csv, row 2 (starts on line 3)",
        "at most 131,072 characters in a cell",
    )


def test_a_quote_that_is_never_closed_is_called_that():
    assert refusal(b'A,B\n1,"2\n').what == "A quoted cell does not end as it should"


@pytest.mark.parametrize("rows", [0, 500])
def test_a_zero_byte_is_refused_wherever_it_stands(rows):
    error = refusal(b"A,B\n" + b"1,2\n" * rows + b"1,\x002\n")
    assert "zero byte" in error.got
