"""How a value is written into a cell of a workbook, so that nothing is run, changed or lost without a word."""

import datetime
import decimal
import json
import math
from typing import Any

LONGEST = 32_767  # UTF-16 units in a cell (specifications and limits of Excel)
WHOLE = 2**53  # above it a cell, which is a binary64, cannot hold every whole number
EARLIEST = datetime.date(1900, 3, 1)  # before it Excel's calendar has a day that never was
# a text that begins so is run as a formula where a sheet is saved as CSV and opened again (OWASP, CSV injection)
RUNS = ("=", "+", "-", "@", "\t", "\r")
CUT = " … [cut: {} characters; whole in the other formats]"


def units(text: str) -> int:
    """The length of a text as Excel counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def shortened(text: str) -> str | None:
    """What a cell shows of a text that is too long for it, with the length said; None where the text fits."""
    if len(text) <= LONGEST // 2 or units(text) <= LONGEST:
        return None
    said = CUT.format(f"{len(text):,}")
    room = LONGEST - units(said)
    kept = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", errors="ignore")
    return kept + said


def as_excel(value: Any) -> Any:
    """A value as a cell can hold it: a number, a bool, a date, or text for all that would lose something."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, int):
        return value if abs(value) <= WHOLE else str(value)
    if isinstance(value, decimal.Decimal):
        return float(value) if decimal.Decimal(float(value)) == value else str(value)
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value if value >= EARLIEST else value.isoformat()
    if isinstance(value, datetime.datetime | datetime.time):
        return value.isoformat()
    if isinstance(value, list | dict | tuple):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
