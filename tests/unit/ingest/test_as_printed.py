"""A value is the number of its text, in the unit that the text names, or it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.as_printed import is_as_printed


@pytest.mark.parametrize(
    ("value", "as_printed"),
    [
        (0.06, "0.06 kWh/GB"),
        (0.00000214, "0,00000214"),
        (1312, "1,312"),
        (1312.5, "1,312.5 kg CO2e"),
        (1312, "1 312"),
        (1312, "1\u202f312"),
        (1312, "1'312"),
        (1.55, "1,55"),
        (0.312, "0,312"),
        (12.3456, "12,3456"),
        (2.14e-6, "2.14e-6"),
        (2.14e-6, "2.14 x 10^-6"),
        (0.1, "Range 0.1 - 1.0 kWh/GB (2020); 0.1 kWh/GB"),
        (1.0, "Range 0.1 - 1.0 kWh/GB (2020)"),
        (1.1, "around 1.1"),
        (-3, "-3"),
        (0, "0"),
        (90, "90.0 MWh"),
    ],
)
def test_a_number_of_the_text(value, as_printed):
    assert is_as_printed(value, as_printed)


@pytest.mark.parametrize(
    ("value", "as_printed"),
    [
        (2.14, "0,00000214"),
        (1.312, "1,312"),
        (312, "1,312"),
        (2020, "Range 0.1 - 1.0 kWh/GB (2020)"),
        (2015, "2015: 0.06 kWh/GB"),
        (0.55, "Range 0.1 - 1.0 kWh/GB"),
        (2, "0.05 kgCO2e"),
        (1.5500001, "1,55"),
        (3, "-3"),
        (0.001, "0"),
    ],
)
def test_a_number_that_is_not_of_the_text(value, as_printed):
    assert not is_as_printed(value, as_printed)


@pytest.mark.parametrize(
    ("as_printed", "unit", "per", "is_it"),
    [
        ("6 kWh/GB", "kWh", "GB", True),
        ("6 KWh par abonnement", "kWh", "line*year", True),
        ("6 kilowatt-hours per gigabyte", "kWh", "GB", True),
        ("6 megawatt-hours per petabyte", "MWh", "PB", True),
        ("6 kilowatt hours (kWh)", "kWh", "GB", True),
        ("6 gCO2e/Go", "gCO2e", "GB", True),
        ("6 kgCO2e/mois", "kgCO2e", "line*month", True),
        ("6 g equivalent CO2", "gCO2e", "GB", True),
        ("6 liters of water per kWh", "L", None, True),
        ("6", "kWh", "GB", True),
        ("6 apples", "kWh", "GB", True),
        ("6 kWh/GB", "MWh", "GB", False),
        ("6 kWh/GB", "Wh", "GB", False),
        ("6 kWh/GB", "kWh", "MB", False),
        ("6 gCO2e/Go", "gCO2e", "MB", False),
        ("6 gCO2e/Go", "kgCO2e", "GB", False),
        ("6 kg CO2e", "gCO2e", None, False),
        ("6 tonnes", "kgCO2e", None, False),
        ("5 - 6 kWh", "MWh", None, False),
        ("6 kgCO2e/mois", "kgCO2e", "line*year", False),
        ("6 kW", "W", None, False),
    ],
)
def test_the_unit_beside_the_number_is_that_of_the_row(as_printed, unit, per, is_it):
    assert is_as_printed(6, as_printed, unit, per) is is_it


def test_a_derived_value_is_told_apart_by_its_factor():
    assert is_as_printed(989.5, "1979", factor=0.5) and not is_as_printed(1979, "1979", factor=0.5)
    assert is_as_printed(2250, "36 PFLOPS", "TFLOP/s", factor=1 / 16)
    assert is_as_printed(65, "65.13", is_rounded=True) and not is_as_printed(65, "65.13")


def test_what_has_no_number_is_left_to_other_checks():
    assert is_as_printed(6, "stable") and is_as_printed(6, None) and is_as_printed(None, "7")
    assert is_as_printed(6, "CO2e of TSMC N5")


@given(st.floats(min_value=1e-9, max_value=1e9), st.sampled_from([10, 0.1, 1000, 0.001, 1.01]))
def test_any_number_is_its_own_text_and_no_other(value, slip):
    text = repr(value)
    assert is_as_printed(value, text)
    assert not is_as_printed(value * slip, text)


@given(st.text(max_size=30))
def test_any_text_is_judged(text):
    assert is_as_printed(1.0, text) in (True, False)
