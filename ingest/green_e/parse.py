"""The user's table to text under our names. Nothing is judged, merged or converted here."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import ParseError
from ingest.csv_rows import rows_of
from ingest.plain_csv import decode
from ingest.residual_years import data_year
from ingest.workbook import Row, is_workbook, read_sheet

if TYPE_CHECKING:
    import polars as pl

SUBREGION = re.compile(r"(egrid )?subregion( (acronym|code))?|acronym")
NAME = re.compile(r"(egrid )?(subregion )?name")
RATE = re.compile(r"\bco2e?\b|emissions? rate|emissions? factor|residual mix")
# the unit is read from the header: without it a number may be anything
UNIT = re.compile(r"(?P<mass>lbs?|pounds?|kg|g)\.? ?(?P<gas>co2(?:eq?)?)? ?(?:/|per) ?(?P<energy>mwh|kwh)")
YEAR = ("year", "data year")
EXPECTED = "a header with the eGRID subregion and one emission rate of CO2 with its unit, such as 'CO2 (lb/MWh)'"


def parse(path: Path) -> dict[str, "pl.DataFrame"]:
    """Return {"residual_mixes": one row a row below the header that holds anything}; raise ParseError.

    A CSV in UTF-8 or an xlsx with one visible sheet; the header is row 1 and columns are found by it. `rate_unit` is
    the unit of the header as mass per energy, `rate_gas` CO2 or CO2e. The year stands in a column or in the file's
    name.
    """
    import polars as pl

    path = Path(path)
    header, *rows = _rows(path)
    columns = _columns(header, path.name)
    unit, gas = _unit(header[columns["rate"]] or "", path.name)
    year = data_year(path.name, []) if columns["year"] is None else None
    found = [
        {
            "subregion": row[columns["subregion"]],
            "subregion_name": None if columns["name"] is None else row[columns["name"]],
            "year": year or row[columns["year"]],
            "rate": row[columns["rate"]],
            "rate_unit": unit,
            "rate_gas": gas,
            "row_number": number,
        }
        for number, row in enumerate(rows, start=1)
        if any(row)
    ]
    if not found:
        raise ParseError(
            "The table has a header and no rows",
            where=path.name,
            expected="one row an eGRID subregion",
            got="0 rows",
            todo="fill in the table and try again",
        )
    text = dict.fromkeys(("subregion", "subregion_name", "year", "rate", "rate_unit", "rate_gas"), pl.String)
    return {"residual_mixes": pl.DataFrame(found, schema=text | {"row_number": pl.Int64})}


def _rows(path: Path) -> list[Row]:
    if is_workbook(path):
        sheet = read_sheet(path)
        sheet.refuse_merged(path.name)
        rows: list[Row] = sheet.rows
    else:
        text = decode(path.read_bytes(), path.name, "a ','-separated CSV in UTF-8, or an xlsx")
        rows = [[cell.strip() or None for cell in row] for row in rows_of(text, path.name)]
    return rows or [[]]


def _columns(header: Row, where: str) -> dict[str, int | None]:
    plain = [_plain(cell) for cell in header]
    bare = [re.sub(r" ?\(.*\)", "", name) for name in plain]
    found = {
        "subregion": [at for at, name in enumerate(bare) if SUBREGION.fullmatch(name)],
        "name": [at for at, name in enumerate(bare) if NAME.fullmatch(name)],
        "rate": [at for at, name in enumerate(plain) if RATE.search(name) and not re.search("ch4|n2o|methane", name)],
        "year": [at for at, name in enumerate(bare) if name in YEAR],
    }
    wrong = [key for key in ("subregion", "rate") if len(found[key]) != 1]
    wrong += [key for key in ("name", "year") if len(found[key]) > 1]
    if wrong:
        raise ParseError(
            "The columns are not those of a residual mix",
            where=f"{where}, header",
            expected=EXPECTED,
            got=", ".join(f"'{cell or ''}'" for cell in header)[:300] or "no header",
            todo=f"let one column be the {' and one the '.join(wrong)}",
        )
    return {key: columns[0] if columns else None for key, columns in found.items()}


def _unit(header: str, where: str) -> tuple[str, str]:
    plain = _plain(header)
    units = {(match["mass"], match["energy"], match["gas"] or "") for match in UNIT.finditer(plain)}
    if len(units) != 1:
        raise ParseError(
            "The unit of the emission rate is not stated",
            where=f"{where}, header '{header}'",
            expected="mass per energy, such as 'CO2 (lb/MWh)' or 'kgCO2/kWh'",
            got=header,
            todo="write the unit of the numbers into the header",
        )
    mass, energy, gas = units.pop()
    mass = "lb" if mass.startswith(("lb", "pound")) else mass
    is_co2e = "co2e" in plain or gas.startswith("co2e")
    return f"{mass}/{energy.replace('wh', 'Wh').replace('m', 'M')}", "CO2e" if is_co2e else "CO2"


def _plain(cell: str | None) -> str:
    text = (cell or "").replace("\N{SUBSCRIPT TWO}", "2").replace("\N{REGISTERED SIGN}", "")
    return re.sub(r"[\s_]+", " ", text).strip().casefold()
