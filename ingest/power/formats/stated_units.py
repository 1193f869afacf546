"""The unit that a file states of a column, beside its name or in its cells: taken where it is known, else refused."""

from cradle.errors import ParseError
from ingest.power.reading import TraceFile
from ingest.reference_tables.mapping import vocabulary

_WORDS = {"w": "W", "watt": "W", "watts": "W", "j": "J", "joule": "J", "joules": "J"}  # no prefix, so no doubt


def known_unit(stated: str, measures: str) -> str | None:
    """Return the unit of power or energy (`measures`) that a text is; None where it is none. mW and MW are two."""
    unit = _WORDS.get(stated.lower(), stated)
    row = vocabulary("power_units").get(unit)
    return unit if row and row["measures"] == measures else None


def unit_of(file: TraceFile, column: str, stated: str, measures: str) -> str:
    """Return the unit that a file states of a column; raise ParseError for one that its values cannot be read in."""
    unit = known_unit(stated, measures)
    if unit is None:
        raise refused(file, column, stated[:40], measures)
    return unit


def refused(file: TraceFile, column: str, got: str, measures: str) -> ParseError:
    """Return the error for a column whose unit is not known, or stands there in two ways."""
    known = [unit for unit, row in vocabulary("power_units").items() if row["measures"] == measures]
    return ParseError(
        "The file states a unit that its values are not read in",
        where=f"{file.name}, {column}",
        expected=f"one unit of {measures}: {', '.join(known)}",
        got=got,
        todo="mend the header, or give --format plain_csv and a mapping that says the unit",
    )
