"""A file that is not in the published form is refused, and the message says how to go on."""

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


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_an_empty_file(refusal, content):
    assert "empty" in refusal(content)


def test_a_header_alone(refusal, fixture_text):
    assert "no rows" in refusal(fixture_text.split("\n")[0].encode())


def test_a_truncated_workbook(refusal):
    assert "The workbook is damaged" in refusal(b"PK\x03\x04 and more")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf_16_and_its_like(refusal, fixture_text, encoding):
    assert "UTF-16" in refusal(fixture_text.encode(encoding))


def test_bytes_that_are_neither_utf_8_nor_cp1252(refusal, fixture_text):
    content = fixture_text.encode("cp1252").replace(b"Ancien", b"Anci\x81n")
    message = refusal(content)
    assert "neither UTF-8 nor cp1252" in message
    assert f"byte {content.index(0x81) + 1}" in message


def test_utf_8_that_stops_being_it(refusal, fixture_text):
    content = fixture_text.encode() + "Elément".encode("cp1252")
    assert "stops being it" in refusal(content)


def test_another_code_page_shows_in_the_header(refusal, fixture_text):
    message = refusal(fixture_text.encode("mac-roman", "replace"))
    assert "columns are not those" in message or "neither" in message


@pytest.mark.parametrize(("delimiter", "name"), [(",", "','"), ("\t", "a tab"), ("|", "'|'")])
def test_a_wrong_delimiter(refusal, fixture_text, delimiter, name):
    message = refusal(fixture_text.replace(";", delimiter).encode())
    assert "wrong sign" in message
    assert f"got: {name}" in message


def test_a_renamed_column_with_the_closest_name(refusal, fixture_text):
    message = refusal(fixture_text.replace("Période de validité", "Periode de validite").encode())
    assert "unknown column 'Periode de validite' (closest missing name: 'Période de validité')" in message


def test_a_missing_column(refusal, fixture_text):
    header, first_row, *_ = fixture_text.split("\n")
    content = "\n".join(line.rsplit(";", 1)[0] for line in (header, first_row))
    assert "missing: 'CO2b'" in refusal(content.encode())


def test_a_column_that_is_there_twice(refusal, fixture_text):
    assert "twice" in refusal(fixture_text.replace(";CO2b", ";CO2f", 1).encode())


def test_a_row_cut_short(refusal, fixture_text):
    message = refusal(fixture_text[: fixture_text.rindex("3 ans") + 5].encode())
    assert "row 8 (line 10)" in message
    assert "expected: 67 cells" in message


def test_a_quote_that_is_never_closed(refusal, fixture_text):
    message = refusal(fixture_text[: fixture_text.index("seconde")].encode())
    assert "quoted cell" in message
    assert "row 6 (starts on line 7)" in message
