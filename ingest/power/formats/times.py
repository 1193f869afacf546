"""The ways in which traces write a time: told from one cell, read in SQL as microseconds since 1970."""

import re

_DATE, _CLOCK = r"\d{4}-\d\d-\d\d", r"\d\d:\d\d:\d\d(?:[.,]\d+)?"
_PATTERNS = {
    "iso_offset": rf"{_DATE}[ T]{_CLOCK} ?(?:Z|UTC|[+-]\d\d(?::?\d\d)?)",
    "iso": rf"{_DATE}[ T]{_CLOCK}",
    "slashes": rf"\d{{4}}/\d\d/\d\d {_CLOCK}",
    "compact": r"\d{8} \d\d:\d\d:\d\d",
    "epoch_s": r"[12]\d{9}(?:\.\d*)?",
    "epoch_ms": r"[12]\d{12}(?:\.\d*)?",
    "epoch_us": r"[12]\d{15}",
    "epoch_ns": r"[12]\d{18}",
}
CLOCKS = {
    "iso_offset": "offset",
    "iso": "local",
    "slashes": "local",
    "compact": "local",
    "epoch_s": "utc",
    "epoch_ms": "utc",
    "epoch_us": "utc",
    "epoch_ns": "utc",
    "elapsed_s": "elapsed",
    "elapsed_ms": "elapsed",
    None: "none",
}
# DuckDB reads a time without a zone in that of the machine, and drops a zone where none is asked for
_ENDS_IN_ZONE = r"[ T]\d\d:.*(?:Z|UTC|[+-]\d\d(?::?\d\d)?)\s*$"
SECONDS = {"epoch_s": 1e6, "epoch_ms": 1e3, "epoch_us": 1, "epoch_ns": 1e-3, "elapsed_s": 1e6, "elapsed_ms": 1e3}


def kind_of(cell: str) -> str | None:
    """Return how a cell writes a time; None where it is none that is known."""
    return next((kind for kind, pattern in _PATTERNS.items() if re.fullmatch(pattern, cell.strip())), None)


def stated_us(cell: str, kind: str) -> str:
    """Return the SQL of the microseconds of a text cell whose way of writing is in the SQL expression `kind`."""
    numbers = "".join(
        f" when '{name}' then try_cast(round(try_cast({cell} as decimal(38, 9)) * {factor}) as bigint)"
        for name, factor in SECONDS.items()
    )
    return (
        f"case {kind} when 'iso_offset' then"
        f" case when regexp_matches({cell}, '{_ENDS_IN_ZONE}') then epoch_us(try_cast({cell} as timestamptz)) end"
        f" when 'compact' then epoch_us(try_strptime({cell}, '%Y%m%d %H:%M:%S'))"
        f" when 'iso' then"
        f" case when not regexp_matches({cell}, '{_ENDS_IN_ZONE}') then epoch_us(try_cast({cell} as timestamp)) end"
        f" when 'slashes' then epoch_us(try_cast({cell} as timestamp)){numbers} end"
    )
