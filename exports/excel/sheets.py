"""Which marts stand in the workbook, in the order in which an analyst wants them, and what a sheet may be called."""

import re

from cradle.errors import ExportError

# a mart, and the rows of it that are shown (None: all); the other marts are in the other formats
MARTS: dict[str, str | None] = {
    "impact_totals": None,
    "impacts_by_part_stage_category": None,
    "impacts": "state = 'modelled'",
    "published_results": None,
    "parameter_values": None,
    "factors": "factor_id in (select factor_id from marts.factor_selection)",
    "hotspots": None,
    "sensitivity": None,
    "scenario_comparison_totals": None,
    "sources": None,
}
SHOWN = {
    "impacts": "the modelled cells; those without a value stand in impacts_by_part_stage_category with their state",
    "factors": "the factors that a factor set chose; all others are in the other formats",
}
LONGEST = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def sheet_name(table: str, taken: set[str]) -> str:
    """The name of the next sheet of this table: a second one is called `<table> (2)`, cut to 31 characters.

    Adds it to `taken`. Raises ExportError for a name that Excel does not take.
    """
    if not table or FORBIDDEN.search(table) or table.startswith("'") or table.endswith("'"):
        raise ExportError(
            "Excel does not take this name for a sheet",
            where=table,
            expected="no []:*?/\\ in it",
            todo="rename the table, or take another format: cradle export --format csv",
        )
    number, name = 1, table[:LONGEST]
    while name.lower() in taken:  # Excel takes upper and lower case for the same
        number += 1
        ending = f" ({number})"
        name = table[: LONGEST - len(ending)] + ending
    taken.add(name.lower())
    return name
