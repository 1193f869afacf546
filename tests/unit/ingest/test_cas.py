"""CAS numbers: the check digit of known ones, of wrong ones, and that one wrong digit never passes."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.cas import is_cas


def passes(text: str | None) -> bool:
    return pl.DataFrame({"cas": [text]}, schema={"cas": pl.String}).select(is_cas("cas")).item()


@pytest.mark.parametrize("text", ["124-38-9", "74-82-8", "10024-97-2", "2551-62-4", "7732-18-5", None])
def test_known_numbers_pass(text):
    assert passes(text)


@pytest.mark.parametrize("text", ["124-38-8", "74828", "74-82-", "0-00-0", "074-82-8", "methane", "", " 74-82-8"])
def test_what_is_none_does_not(text):
    assert not passes(text)


@given(st.integers(10, 9_999_999), st.integers(0, 99), st.integers(1, 9))
def test_a_wrong_check_digit_never_passes(first, second, off):
    digits = f"{first}{second:02d}"
    right = sum(place * int(digit) for place, digit in enumerate(reversed(digits), 1)) % 10
    assert passes(f"{first}-{second:02d}-{right}")
    assert not passes(f"{first}-{second:02d}-{(right + off) % 10}")
