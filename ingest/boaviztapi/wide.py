"""The CSV files of one column a place or a criterion, to one row a cell; every cell stays as upstream wrote it."""

import re

from cradle.errors import ParseError
from ingest.boaviztapi.columns import DEVICES, MIXES

Row = dict[str, str | None]
PLACE_NAMES = "country"


def mix_rows(rows: list[list[str]], where: str) -> list[Row]:
    """Return a row a criterion, source and place of electrical_mix.csv; raise ParseError for another form."""
    header, *body = rows
    known = len(MIXES)
    places = header[known:]
    if header[:known] != list(MIXES) or not places or not all(re.fullmatch("[A-Z]{3}", place) for place in places):
        raise _other(where, f"{', '.join(MIXES)} and places of three capitals", ", ".join(header[:9]))
    if not body or body[0][known - 1] != PLACE_NAMES:
        raise _other(f"{where}, row 1", f"the names of the places, called '{PLACE_NAMES}'", "another row")
    names = body[0][known:]
    found = []
    for number, row in enumerate(body[1:], start=2):
        about = {ours: cell or None for ours, cell in zip(MIXES.values(), row[:known], strict=True)}
        about["file_row"] = str(number)
        found += [
            about | {"place_code": place, "place_name": name or None, "value": cell or None}
            for place, name, cell in zip(places, names, row[known:], strict=True)
        ]
    return found


def device_rows(rows: list[list[str]], where: str) -> list[Row]:
    """Return a row a device and criterion of ademe_base_impacts_negaoctet.csv; raise ParseError for another form."""
    header, *body = rows
    criteria = header[len(DEVICES) :]
    if header[: len(DEVICES)] != list(DEVICES) or not criteria:
        raise _other(where, f"{', '.join(DEVICES)} and criteria", ", ".join(header[:9]))
    return [
        {"device": device or None, "variant": variant or None, "criterion": criterion, "value": cell or None}
        for device, variant, *cells in body
        for criterion, cell in zip(criteria, cells, strict=True)
    ]


def block_rows(rows: list[list[str]], where: str) -> list[Row]:
    """Return a row a block, level, stage and criterion of iot_factors_tide.csv; raise ParseError for another form."""
    if len(rows) < 4 or [row[0] for row in rows[:3]] != ["name", "api_name", "Unit"]:
        raise _other(where, "a header and the rows 'api_name' and 'Unit'", ", ".join(row[0] for row in rows[:3]))
    names, codes, units = (row[1:] for row in rows[:3])
    found = []
    for row in rows[3:]:
        block, _, level = row[0].partition(" - ")
        for name, code, unit, cell in zip(names, codes, units, row[1:], strict=True):
            stage, _, criterion = code.partition("-")
            found.append(
                {
                    "block": block or None,
                    "block_level": level or None,
                    "stage_as_printed": stage or None,
                    "criterion": criterion or None,
                    "criterion_name": name or None,
                    "unit_as_printed": unit or None,
                    "value": cell or None,
                }
            )
    return found


def _other(where: str, expected: str, got: str) -> ParseError:
    return ParseError(
        "The file is not in the published form",
        where=where,
        expected=expected,
        got=got,
        todo="check that this is the published file, undamaged; if upstream changed it, change the parser",
    )
