"""The header row: which column is where. The order is free, the names are not."""

import difflib
from collections import Counter

from cradle.errors import ParseError
from ingest.ademe_base_carbone.columns import COLUMNS

MANY = len(COLUMNS) // 2


def refuse_wrong_delimiter(text: str, where: str) -> None:
    """Raise ParseError where the first line of `text` is separated by another sign than ';'."""
    header = text.split("\n", 1)[0]
    for delimiter, name in ((",", "','"), ("\t", "a tab"), ("|", "'|'")):
        if header.count(";") < MANY <= header.count(delimiter):
            raise ParseError(
                "The columns are separated by the wrong sign",
                where=where,
                expected="';'",
                got=name,
                todo="save or download the file with ';' between the cells",
            )


def our_names(header: list[str], where: str) -> list[str]:
    """Return our name of each column of `header`, in its order; raise ParseError where the columns are not the 67."""
    twice = [name for name, count in Counter(header).items() if count > 1]
    if twice:
        raise ParseError(
            "A column is there twice",
            where=where,
            expected="each column once",
            got=_quoted(twice),
            todo="remove the copy",
        )
    missing = [name for name in COLUMNS if name not in header]
    unknown = [name for name in header if name not in COLUMNS]
    if missing or unknown:
        raise ParseError(
            "The columns are not those of the Base Carbone file",
            where=where,
            expected=f"the {len(COLUMNS)} published columns" + (f"; missing: {_quoted(missing)}" if missing else ""),
            got="; ".join(_with_closest(name, missing) for name in unknown) or f"{len(header)} columns",
            todo="check that this is the file 'Base_Carbone_V*.csv', undamaged; "
            "if ADEME changed its columns, name the new ones in ingest/ademe_base_carbone/columns.py",
        )
    return [COLUMNS[name] for name in header]


def _with_closest(name: str, missing: list[str]) -> str:
    closest = difflib.get_close_matches(name, missing, n=1)
    return f"unknown column '{name}'" + (f" (closest missing name: '{closest[0]}')" if closest else "")


def _quoted(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
