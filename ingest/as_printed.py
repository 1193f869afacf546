"""A curated figure beside the text that it was read in: the value must be a number of the text, in a unit it names.

"1,312" is a thousand and more: a comma before groups of exactly three digits that follow one to three others separates
thousands, and any other comma is a decimal mark. A number in parentheses is a remark ("(2020)"), and digits that
follow a letter are part of a name ("CO2e").
"""

import math
import re

REL_TOLERANCE = 1e-9
_NUMBER = (
    r"(?<![\w.,])[+-]?(?:\d{1,3}(?:[,\u00a0\u202f' ]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)"
    r"(?:[eE][+-]?\d+|\s*[x×]\s*10\^[+-]?\d+)?(?!\d|[.,]\d)"
)
_PRINTED = re.compile(
    rf"(?P<number>{_NUMBER})(?:\s*(?:-|–|to)\s*(?P<end>{_NUMBER}))?\s*(?P<unit>[^\W\d_]+(?:[ -]hours?\b)?)?"
    r"(?:2e?|\s*CO2e?|\s*equivalent CO2)?(?:\s*(?:/|per\s)\s*(?P<per>[^\W\d_]+))?"
)
# how units are written in the texts, with what one of it is in the unit of a row
_UNITS = {
    **{"wh": ("Wh", 1.0), "kwh": ("kWh", 1.0), "kilowatt hour": ("kWh", 1.0), "mwh": ("MWh", 1.0)},
    **{"megawatt hour": ("MWh", 1.0), "gwh": ("GWh", 1.0), "mj": ("MJ", 1.0), "gj": ("GJ", 1.0)},
    **{"g": ("gCO2e", 1.0), "gco": ("gCO2e", 1.0), "kg": ("kgCO2e", 1.0), "kgco": ("kgCO2e", 1.0)},
    **{"t": ("tCO2e", 1.0), "tco": ("tCO2e", 1.0), "ton": ("tCO2e", 1.0), "tonne": ("tCO2e", 1.0)},
    **{"l": ("L", 1.0), "liter": ("L", 1.0), "litre": ("L", 1.0), "ml": ("mL", 1.0), "gallon": ("gallon", 1.0)},
    **{"w": ("W", 1.0), "kw": ("kW", 1.0), "mb": ("MB", 1.0), "gb": ("GB", 1.0), "tb": ("TB", 1.0)},
    **{"tflops": ("TFLOP/s", 1.0), "pflops": ("TFLOP/s", 1000.0)},
}
_PER = {
    **{"mb": "MB", "mo": "MB", "megabyte": "MB", "gb": "GB", "go": "GB", "gigabyte": "GB", "tb": "TB", "to": "TB"},
    **{"pb": "PB", "petabyte": "PB", "mois": "line*month", "month": "line*month"},
    **{"an": "line*year", "year": "line*year"},
}


def is_as_printed(
    value: float | None,
    as_printed: str | None,
    unit: str | None = None,
    per: str | None = None,
    factor: float = 1.0,
    is_rounded: bool = False,
) -> bool:
    """Whether `value` is a number of `as_printed`, to a relative 1e-9; true where either is missing or has no number.

    `unit` and `per` are those of the row: a text that names another unit right after its number does not print the
    value. `factor` and `is_rounded` say how the row was derived: the printed number times `factor`, to the whole.
    """
    if value is None or as_printed is None:
        return True
    printed = list(_PRINTED.finditer(re.sub(r"\([^)]*\)", " ", as_printed)))
    # beside numbers with a unit, one without is a year or a page
    printed = [found for found in printed if _singular(found["unit"]) in _UNITS] or printed
    return not printed or any(_prints(found, value, unit, per, factor, is_rounded) for found in printed)


def _prints(
    found: re.Match[str], value: float, unit: str | None, per: str | None, factor: float, is_rounded: bool
) -> bool:
    named, scale = _UNITS.get(_singular(found["unit"]), (unit, 1.0))
    if unit is not None and named != unit:
        return False
    if per is not None and _PER.get(_singular(found["per"]), per) != per:
        return False
    for text in (found["number"], found["end"]):
        if text is None:
            continue
        number = _number(text) * scale * factor
        if math.isclose(value, round(number) if is_rounded else number, rel_tol=REL_TOLERANCE):
            return True
    return False


def _singular(word: str | None) -> str:
    word = (word or "").lower().replace("-", " ")
    return word if word in (*_UNITS, *_PER) else word.removesuffix("s")


def _number(text: str) -> float:
    mantissa, _, exponent = re.sub(r"\s*[x×]\s*10\^", "e", text).lower().partition("e")
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", mantissa):
        mantissa = mantissa.replace(",", "")
    mantissa = re.sub(r"[\u00a0\u202f' ]", "", mantissa).replace(",", ".")
    return float(mantissa) * 10 ** int(exponent or 0)
