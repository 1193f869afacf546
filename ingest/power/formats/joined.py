"""One reading of two, for a format that comes as tables and as JSON."""

from typing import TYPE_CHECKING

from ingest.power.reading import Reading

if TYPE_CHECKING:
    import duckdb


def joined(con: "duckdb.DuckDBPyConnection", name: str, readings: list[Reading]) -> Reading:
    """Return the tables of the readings of different files, one under the other; `name` keeps the tables apart."""
    if len(readings) == 1:
        return readings[0]
    one, other = readings
    whole = Reading(notes=one.notes + other.notes)
    for table in one.tables.keys() | other.tables.keys():
        upper, lower = one.tables.get(table), other.tables.get(table)
        if upper is None or lower is None:
            whole.tables[table] = lower if upper is None else upper
            continue
        con.execute(f"create or replace temp table {name}_{table} as from upper union all from lower")
        whole.tables[table] = con.table(f"{name}_{table}")
    return whole
