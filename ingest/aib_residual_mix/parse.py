"""The workbook of results to a table of text under our names. Nothing is judged, merged or converted here."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import ParseError
from ingest.residual_years import data_year
from ingest.workbook import Row, is_workbook, read_sheet

if TYPE_CHECKING:
    import polars as pl

SHEET = "Residual Mixes"
# the published header begins in row 1; some rows of title above it do no harm
ROWS_TO_SEARCH = 20
COUNTRY = ("", "country", "country code", "code", "iso code")
RESIDUAL_CO2 = re.compile(r"co2\s*\([^()]+\)")


def parse(path: Path) -> dict[str, "pl.DataFrame"]:
    """Return {"residual_mixes": one row a row below the header that holds anything}; raise ParseError.

    Columns are found by their header: the country (the first column, its header is empty as published) and
    "CO2 (gCO2/kWh)". The others are not landed. `row_number` counts from the row below the header.
    """
    import polars as pl

    path = Path(path)
    if not is_workbook(path):
        raise ParseError(
            "This is no workbook",
            where=path.name,
            expected="the xlsx with the results of the residual mix calculation",
            got=ascii(path.read_bytes()[:40]),
            todo="download the workbook from AIB's page; the report in PDF is not read",
        )
    sheet = read_sheet(path, SHEET)
    where = f"{path.name}, sheet '{SHEET}'"
    header_at, country, value, unit = _header(sheet.rows, where)
    sheet.refuse_merged(path.name, header_at, header_at)
    year = data_year(path.name, (cell for row in sheet.rows[:header_at] for cell in row))
    rows = [
        {
            "country_code": row[country],
            "year": year,
            "residual_co2": row[value],
            "residual_co2_unit": unit,
            "row_number": number,
        }
        for number, row in enumerate(sheet.rows[header_at + 1 :], start=1)
        if any(cell is not None for cell in row)
    ]
    if not rows:
        raise ParseError(
            "The sheet has a header and no rows",
            where=where,
            expected="one row a country",
            got="0 rows",
            todo="download the workbook again",
        )
    text = dict.fromkeys(("country_code", "year", "residual_co2", "residual_co2_unit"), pl.String)
    return {"residual_mixes": pl.DataFrame(rows, schema=text | {"row_number": pl.Int64})}


def _header(rows: list[Row], where: str) -> tuple[int, int, int, str]:
    for at, row in enumerate(rows[:ROWS_TO_SEARCH]):
        names = [_plain(cell) for cell in row]
        found = [column for column, name in enumerate(names) if RESIDUAL_CO2.fullmatch(name)]
        if not found:
            continue
        if len(found) == 1 and names[0] in COUNTRY and found[0] > 0:
            # the unit as it is written, but for blanks
            return at, 0, found[0], re.sub(r"\s", "", (row[found[0]] or "").split("(", 1)[1].rstrip(") "))
        raise _no_header(where, row)
    raise _no_header(where, rows[0] if rows else [])


def _no_header(where: str, row: Row) -> ParseError:
    return ParseError(
        "The sheet does not have the columns of the residual mixes",
        where=where,
        expected="a header whose first cell is empty or 'Country code', and one column 'CO2 (gCO2/kWh)'",
        got=", ".join(f"'{cell or ''}'" for cell in row)[:300] or "no rows",
        todo="give the workbook as AIB published it; if AIB changed it, change parse.py",
    )


def _plain(cell: str | None) -> str:
    return re.sub(r"\s+", " ", (cell or "").replace("\N{SUBSCRIPT TWO}", "2")).strip().casefold()
