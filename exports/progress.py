"""A bar over the tables of an export and their rows, where somebody is looking."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cradle.console import counted, is_watched
from exports.part import Part

if TYPE_CHECKING:
    import duckdb


def with_progress(parts: Sequence[Part], label: str, con: "duckdb.DuckDBPyConnection") -> Iterator[Part]:
    """The parts one by one, with a bar in rows; a table that is cut into packs counts in each with all its rows."""
    rows = _rows_of(con) if is_watched() else {}
    with counted(label, "rows", sum(rows.get(part.table.name, 0) for part in parts) or None) as advance:
        for done, part in enumerate(parts):
            advance(f"{done} of {len(parts)} tables, {part.name}", 0)
            yield part
            advance(part.name, rows.get(part.table.name, 0))


def _rows_of(con: "duckdb.DuckDBPyConnection") -> dict[str, int]:
    query = "select table_name, estimated_size from duckdb_tables() where schema_name = 'marts'"
    return dict(con.execute(query).fetchall())
