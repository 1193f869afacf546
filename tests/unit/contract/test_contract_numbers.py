"""A number is read exactly or not at all."""

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.contract import parse

FINITE = st.floats(allow_nan=False, allow_infinity=False)


def read(text: str | None, mark: str = ",") -> float | None:
    return parse(pl.Series("x", [text], dtype=pl.String), pl.Float64(), mark)[0]


@given(FINITE)
def test_every_finite_number_with_a_decimal_comma_is_read_exactly(number):
    assert read(repr(number).replace(".", ",")) == number


@given(FINITE)
def test_every_finite_number_with_a_decimal_point_is_read_exactly(number):
    assert read(repr(number), ".") == number


@given(st.text(max_size=12))
def test_what_is_read_is_what_python_reads(text):
    value = read(text)
    if value is not None:
        assert math.isfinite(value)
        assert value == float(text.replace(",", "."))
        assert set(text) <= set("+-0123456789,eE")


@given(st.from_regex(r"[+-]?\d{1,3}([ .\u00a0\u202f']\d{3})+(,\d+)?", fullmatch=True))
def test_thousands_separators_are_refused(text):
    assert read(text) is None


@pytest.mark.parametrize(
    "text", ["", " ", " 7", "7 ", "7,", ",5", "1.5", "1,5,0", "1e", "--1", "1_000", "1\n", "5 %", "٣"]
)
def test_what_is_no_number_is_null(text):
    assert read(text) is None


@pytest.mark.parametrize("text", ["inf", "-Infinity", "nan", "NaN", "1E999", "-1E999", "0x1F"])
def test_what_is_not_finite_is_null(text):
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "number"), [("3,61E-05", 3.61e-05), ("-0", 0.0), ("+2", 2.0), ("007,50", 7.5), (None, None)]
)
def test_what_is_a_number(text, number):
    assert read(text) == number


@pytest.mark.parametrize(
    ("text", "dtype", "value"),
    [
        ("12", pl.Int64(), 12),
        ("12,0", pl.Int64(), None),
        ("9223372036854775808", pl.Int64(), None),
        ("true", pl.Boolean(), True),
        ("vrai", pl.Boolean(), None),
        ("2021-02-29", pl.Date(), None),
        ("2021-2-9", pl.Date(), None),
    ],
)
def test_other_types_are_read_exactly_or_not_at_all(text, dtype, value):
    assert parse(pl.Series("x", [text]), dtype, ",")[0] == value
