"""Names in a sentence."""

import pytest

from cradle.listed import listed


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a, b"),
        (["a", "b", "c"], "a, b and 1 more"),
        (["a"] * 1500, "a, a and 1,498 more"),
    ],
)
def test_the_first_names_and_how_many_more_there_are(names, said):
    assert listed(names, 2) == said
