"""The lines of a CSV written as the other forms hold them: a workbook with typed cells, pages of a data-fair server."""

import csv
import datetime as dt
import io
import json
import re
import unicodedata
from pathlib import Path

import openpyxl

NUMBER = re.compile(r"-?[0-9]+(,[0-9]+)?(E[+-]?[0-9]+)?")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TEXT_IN_JSON = ("Identifiant de l'élément", "Période de validité", "Nom attribut français", "Nom attribut anglais")
SERVERS_OWN = {"_rand": 12345, "_id": "k3jd8s", "_score": None}


def rows_of(text: str) -> list[list[str]]:
    """The header and the rows of a CSV."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def number(cell: str) -> int | float:
    plain = cell.replace(",", ".")
    return int(plain) if plain.removeprefix("-").isdecimal() else float(plain)


def write_workbook(text: str, path: Path, name: str = "Base_Carbone_V99") -> Path:
    """Write the table as spreadsheet software saves it: numbers and dates are no text any more."""

    def typed(cell: str):
        if DATE.fullmatch(cell):
            return dt.datetime.fromisoformat(cell)
        return number(cell) if NUMBER.fullmatch(cell) else cell or None

    workbook = openpyxl.Workbook()
    workbook.active.title = name
    header, *rows = rows_of(text)
    workbook.active.append(header)
    for row in rows:
        workbook.active.append([typed(cell) for cell in row])
    notes = workbook.create_sheet("F1")
    notes.append(["a sheet", "of someone else"])
    workbook.save(path)
    return path


def underscored(name: str) -> str:
    return re.sub(r"[. $;,:!]", "_", name).replace('"', "").lstrip("_")


def slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def lines_of(text: str, key=underscored, decimals_as_text: bool = False, numbered: bool = True) -> list[dict]:
    """The lines as the server gives them: no key for an empty cell, numbers as numbers or with a comma in a text."""
    header, *rows = rows_of(text)

    def typed(name: str, cell: str):
        is_number = NUMBER.fullmatch(cell) and name not in TEXT_IN_JSON and not decimals_as_text
        return number(cell) if is_number and not name.startswith("Nom ") else cell

    found = []
    for at, row in enumerate(rows, 1):
        line = {key(name): typed(name, cell) for name, cell in zip(header, row, strict=True) if cell}
        found.append(line | ({"_i": at} if numbered else {}) | SERVERS_OWN)
    return found


def pages_of(lines: list[dict], size: int, base: str = "https://data.example.org/lines") -> list[dict]:
    """The pages of an answer: the first one alone has a total, all but the last one a next."""
    pages = []
    for start in range(0, len(lines), size):
        page = {"total": len(lines)} if start == 0 else {}
        if start + size < len(lines):
            page["next"] = f"{base}?size={size}&after={start + size}"
        pages.append(page | {"results": lines[start : start + size]})
    return pages


def as_bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
