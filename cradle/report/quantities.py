"""Units in which a chart's numbers can be read: 397 tCO2e and not 396,649 kgCO2e."""

from collections.abc import Iterable

# each rung: how many of the unit make one, its name
_LADDERS = {
    "kgCO2e": [(1e6, "ktCO2e"), (1e3, "tCO2e"), (1.0, "kgCO2e"), (1e-3, "gCO2e"), (1e-6, "mgCO2e")],
    "kgSbe": [(1.0, "kgSbe"), (1e-3, "gSbe"), (1e-6, "mgSbe"), (1e-9, "µgSbe")],
    "MJ": [(1e6, "TJ"), (1e3, "GJ"), (1.0, "MJ"), (1e-3, "kJ"), (1e-6, "J")],
    "L": [(1e3, "m³"), (1.0, "L"), (1e-3, "mL"), (1e-6, "µL")],
    "kWh": [(1e6, "GWh"), (1e3, "MWh"), (1.0, "kWh"), (1e-3, "Wh"), (1e-6, "mWh")],
}
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def readable(values: Iterable[float | None], unit: str) -> tuple[float, str]:
    """What to divide the values by and the unit they are in then, so that the largest is 1 or more but short.

    A unit that is not known here stays as it is; so does a series of nothing.
    """
    largest = max((abs(value) for value in values if value is not None), default=0.0)
    for size, name in _LADDERS.get(unit, []):
        if 0 < size <= largest:
            return size, name
    return 1.0, unit


def written(number: float) -> str:
    """A number with four significant digits or all before the point, and powers of ten instead of long rows of 0."""
    if number == 0 or 1e-3 <= abs(number) < 1e4:
        return f"{number:,.4g}"
    if 1e4 <= abs(number) < 1e9:
        return f"{number:,.0f}"
    digits, power = f"{number:.3e}".split("e")
    return f"{float(digits):g}×10{superscript(int(power))}"


def superscript(power: int) -> str:
    """An exponent in small figures."""
    return str(power).translate(_SUPERSCRIPT)


def spelled(identifier: str) -> str:
    """An identifier in words: `end_user_terminals` as "End user terminals"."""
    words = identifier.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
