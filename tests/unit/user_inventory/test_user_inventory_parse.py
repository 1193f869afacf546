"""An inventory to text: both delimiters, columns in any order, or one message."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cradle.errors import ParseError
from ingest.user_inventory.parse import COLUMNS
from tests.unit.user_inventory.conftest import FIXTURE


def with_semicolons(content: bytes) -> bytes:
    rows = csv.reader(io.StringIO(content.decode()))
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def test_cells_stay_as_they_are_written(parsed):
    flows = parsed(FIXTURE.read_bytes())
    assert flows.columns == [*COLUMNS.values(), "row_number"]
    assert flows["mass"].to_list() == ["1", "10", "1e-3", "1", "2"]
    assert flows["flow_name"].to_list()[::3] == ["Carbon dioxide, fossil", None]


def test_semicolons_a_mark_and_line_ends_change_nothing(parsed):
    content = FIXTURE.read_bytes()
    assert parsed(with_semicolons(content)).equals(parsed(content))


def test_columns_may_stand_in_any_order(parsed):
    rows = [row[::-1] for row in csv.reader(io.StringIO(FIXTURE.read_text(encoding="utf-8")))]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    assert parsed(out.getvalue().encode()).equals(parsed(FIXTURE.read_bytes()))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "The file is empty"),
        (b"<html></html>", "This is a web page"),
        (FIXTURE.read_bytes().replace(b"licence", b"license"), "missing: licence"),
        (FIXTURE.read_bytes().replace(b"cas", b"flow", 1), "The columns are not those of an inventory"),
        (FIXTURE.read_bytes().split(b"\n")[0] + b"\n", "a header and no rows"),
        (FIXTURE.read_bytes() + b"card,x\n", "A row does not have as many cells"),
        (FIXTURE.read_bytes() + b'card,"x', "A quoted cell does not end"),
    ],
)
def test_another_file_is_refused(parsed, content, what):
    with pytest.raises(ParseError) as caught:
        parsed(content)
    assert what in str(caught.value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12), min_size=15, max_size=15))
def test_any_text_comes_back_or_is_refused(parsed, cells):
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([list(COLUMNS), cells])
    try:
        flows = parsed(out.getvalue().encode())
    except ParseError:
        return
    assert flows.row(0)[:-1] == tuple(cell.strip() or None for cell in cells)
