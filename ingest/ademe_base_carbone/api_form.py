"""The table as lines of ADEME's data-fair server: pages of JSON, a key for each cell that is not empty."""

import unicodedata

from cradle.errors import ParseError
from ingest.ademe_base_carbone.columns import COLUMNS
from ingest.data_fair import Number, all_lines, read_pages
from ingest.json_text import Members, cell
from ingest.number_text import number_text

# an empty column has no key at all; these are never empty, so without them this is another table or a selection
NEVER_EMPTY = (
    "row_type",
    "element_id",
    "structure",
    "entry_type",
    "status",
    "name_fr",
    "category_path",
    "location",
    "total",
)


def api_columns(content: bytes, where: str) -> dict[str, list[str | None]]:
    """Return our name of each column with its cells, in the order of ADEME's file; raise ParseError.

    Where the server does not number the lines (`_i`), Postes are put in the order of their type and name, so that
    nothing depends on the order of the delivery.
    """
    pages = read_pages(content, where)
    names: dict[str, str | None] = {}
    rows = [_row(line, names, where) for line in all_lines(pages, where)]
    _refuse_other_columns(names, where)
    if rows and not all(any(key == "_i" for key, _ in line) for page in pages for line in page.lines):
        rows.sort(
            key=lambda row: [
                row.get(column) or "" for column in ("element_id", "row_type", "poste_type", "poste_name_fr")
            ]
        )
    return {name: [row.get(name) for row in rows] for name in COLUMNS.values()}


def squeezed(name: str) -> str:
    """Return a name without what servers change in keys: accents, case, spaces and signs.

    `Identifiant de l'élément`, `Identifiant_de_l'élément` and `identifiant_de_l_element` are all one.
    """
    plain = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in plain.casefold() if sign.isalnum())


OURS = {squeezed(name): ours for name, ours in COLUMNS.items()}


def _row(line: Members, names: dict[str, str | None], where: str) -> dict[str, str | None]:
    row: dict[str, str | None] = {}
    for key, value in line:
        if key not in names:
            names[key] = None if key.startswith("_") else OURS.get(squeezed(key), "")
        name = names[key]
        if not name:
            continue
        if name in row:
            raise ParseError(
                "A line has a column twice",
                where=where,
                expected=f"one key for '{name}'",
                got=", ".join(repr(other) for other, _ in line if names.get(other) == name),
                todo="save the pages again",
            )
        row[name] = _text(value, where, key)
    return row


def _text(value: object, where: str, key: str) -> str | None:
    if isinstance(value, Number):
        return str(int(value)) if value.removeprefix("-").isdecimal() else number_text(float(value), ",")
    return cell(value, f"{where}, '{key}'") or None


def _refuse_other_columns(names: dict[str, str | None], where: str) -> None:
    unknown = [key for key, name in names.items() if name == ""]
    missing = [name for name, ours in COLUMNS.items() if ours in NEVER_EMPTY and ours not in names.values()]
    if names and (unknown or missing):
        raise ParseError(
            "The lines do not have the columns of the Base Carbone",
            where=where,
            expected=f"keys for the {len(COLUMNS)} published columns"
            + (f"; missing in every line: {', '.join(map(repr, missing))}" if missing else ""),
            got=f"unknown keys {', '.join(map(repr, unknown))[:300]}" if unknown else f"{len(names)} keys",
            todo="save the lines of the data set base-carboner with all columns (no 'select');"
            " if ADEME changed them, name the new ones in ingest/ademe_base_carbone/columns.py",
        )
