"""Text from sources, safe for a terminal."""

import pytest

from cradle.visible import visible, visible_json


@pytest.mark.parametrize("space", ["\xa0", "\u202f", "\u2009", "\u3000"])
def test_a_space_of_any_kind_stays(space):
    assert visible(f"1{space}000") == f"1{space}000"
    assert visible_json(f"1{space}000") == f"1{space}000"


def test_what_breaks_a_line_or_has_no_width_is_written_out():
    assert visible("a\u2028b\u2029c\u200bd\ne") == "a\\u2028b\\u2029c\\u200bd\\ne"
    assert visible_json("a\u2028b\u2029c\u200bd\ne") == "a\\u2028b\\u2029c\\u200bd\ne"
