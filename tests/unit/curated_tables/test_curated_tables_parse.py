"""The table as text, and a file that is no such table."""

import pytest

from cradle.errors import ParseError


@pytest.fixture
def refusal(parsed):
    def message(content: bytes) -> str:
        with pytest.raises(ParseError) as error:
            parsed(content)
        for part in ("what", "where", "expected", "got", "todo"):
            assert getattr(error.value, part), f"the message does not say {part}"
        return str(error.value)

    return message


def test_cells_stay_as_they_are_written(table, parsed, fixture_text):
    frame = parsed(fixture_text.encode())
    assert frame.columns == [*table.columns, "row_number"]
    assert frame["row_number"].to_list() == [1, 2, 3]
    assert '"' in frame["title"][0]
    assert frame["note"][0] is None


def test_the_order_of_the_columns_is_free_and_line_ends_and_a_mark_are_taken(parsed, fixture_text):
    want = parsed(fixture_text.encode())
    assert parsed(fixture_text.replace("\n", "\r\n").encode("utf-8-sig")).equals(want)


def test_a_file_cut_off_in_a_row(refusal, fixture_text):
    assert "cells" in refusal(fixture_text.rsplit(",", 4)[0].encode())


def test_a_file_cut_off_in_a_quote(refusal, fixture_text):
    assert "quoted cell" in refusal(fixture_text[: fixture_text.index('""') + 2].encode())


def test_a_decimal_comma_without_quotes(refusal, fixture_text):
    assert "cells" in refusal(fixture_text.replace(".", ",", 1).encode())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_another_encoding(refusal, fixture_text, encoding):
    assert "zero bytes" in refusal(fixture_text.encode(encoding))


def test_bytes_that_are_no_utf_8(refusal, fixture_text):
    assert "no UTF-8" in refusal(fixture_text.replace("Nobody", "Personne à l'été", 1).encode("cp1252"))


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_a_wrong_delimiter(refusal, fixture_text, delimiter):
    assert "missing" in refusal(fixture_text.split("\n")[0].replace(",", delimiter).encode())


def test_a_missing_and_an_unknown_column(refusal, fixture_text):
    message = refusal(fixture_text.replace("locator", "location", 1).encode())
    assert "missing: locator" in message and "location" in message


@pytest.mark.parametrize("content", [b"", b"\n\n", b"<!DOCTYPE html><html></html>", b"PK\x03\x04", b'{"a": 1}'])
def test_what_is_no_table(refusal, content):
    refusal(content)


def test_a_header_alone(refusal, fixture_text):
    assert "no rows" in refusal(fixture_text.split("\n")[0].encode())
