"""The file of potentials to text: cells as written, or one message."""

import pytest

from cradle.errors import ParseError
from tests.unit.ipcc_gwp.conftest import FIXTURE


def test_cells_stay_as_upstream_wrote_them(potentials):
    assert potentials.height == 8
    assert potentials["cas"].to_list()[:6] == ["(no data)"] * 4 + ["75-10-5", None]
    assert potentials["gwp_value"].to_list() == ["1", "0", "41.5", "(no data)", "1.25e3", "7", "9", "0"]
    assert potentials["substance_name"][4] == "1,1-inventane"
    assert potentials["row_number"].to_list() == list(range(1, 9))


def test_line_ends_and_a_byte_order_mark_change_nothing(parsed):
    content = FIXTURE.read_bytes()
    plain = parsed(content)
    assert parsed(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")).equals(plain)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "The file is empty"),
        (b"<!DOCTYPE html><html></html>", "This is a web page"),
        (b"PK\x03\x04rest", "This is no text file"),
        (FIXTURE.read_bytes().replace(b",", b";"), "separated by the wrong sign"),
        (FIXTURE.read_bytes().replace(b"Value", b"value"), "The columns are not those"),
        (FIXTURE.read_bytes()[:-9], "A row does not have as many cells"),
        (FIXTURE.read_bytes().split(b"\n")[0] + b"\n", "a header and no rows"),
        (FIXTURE.read_bytes() + b"AR6,\xe9ther,,,C,GWP20,1\n", "The file is not UTF-8"),
    ],
)
def test_another_file_is_refused(parsed, content, what):
    with pytest.raises(ParseError) as caught:
        parsed(content)
    assert what in str(caught.value)
