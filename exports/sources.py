"""Which sources stand behind a table, under which licence: the attribution that goes with every exported file."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from exports.tables import SCHEMA, Table, quoted

if TYPE_CHECKING:
    import duckdb

SEPARATOR = "; "  # of macros/distinct_list.sql, which makes licence_set


@dataclass(frozen=True)
class Source:
    """A row of marts.sources: what must be said of a source where its data are passed on."""

    source_id: str
    title: str
    version: str | None
    landing_page: str | None
    licence_id: str | None
    licence_name: str | None
    licence_url: str | None
    citation: str | None


def read_sources(con: "duckdb.DuckDBPyConnection", tables: list[Table]) -> dict[str, Source]:
    """Every source by its id, from marts.sources; empty where the warehouse has no such table."""
    listed = next((table for table in tables if table.name == "sources"), None)
    if listed is None:
        return {}
    there = {column.name for column in listed.columns}
    wanted = [name if name in there else f"null as {name}" for name in Source.__dataclass_fields__]
    rows = con.execute(f"select {', '.join(wanted)} from {SCHEMA}.sources order by source_id").fetchall()
    return {row[0]: Source(*(None if cell is None else str(cell) for cell in row)) for row in rows}


def sources_of(con: "duckdb.DuckDBPyConnection", table: Table, sources: dict[str, Source]) -> list[Source]:
    """The sources behind the table, rather too many than too few.

    Rows with lineage are those of their source. Computed rows name a source of theirs at most, not every one: there
    the licences of all inputs narrow it down, and without them every source of the warehouse is named.
    """
    names = {column.name for column in table.columns}
    if {"source_id", "file_sha256"} <= names:
        return [sources[source_id] for source_id in _distinct(con, table, "source_id") if source_id in sources]
    if "licence_set" in names:
        licences = licence_set_of(con, table)
        return [source for source in sources.values() if source.licence_id in licences]
    return list(sources.values())


def licence_set_of(con: "duckdb.DuckDBPyConnection", table: Table) -> list[str]:
    """The licences that occur in the table's licence_set; empty where it has no such column."""
    if "licence_set" not in {column.name for column in table.columns}:
        return []
    return sorted({licence for text in _distinct(con, table, "licence_set") for licence in text.split(SEPARATOR)})


def _distinct(con: "duckdb.DuckDBPyConnection", table: Table, column: str) -> list[str]:
    rows = con.execute(
        f"select distinct {column} from {SCHEMA}.{quoted(table.name)} where {column} is not null order by all"
    ).fetchall()
    return [row[0] for row in rows]
