"""The samples of a set of traces: one Parquet file a set, in the folder `traces` beside the warehouse.

A long trace is kept once, and no build copies it: the landing file and the warehouse hold what it adds up to.
"""

import zlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

COLUMNS = {
    "channel_key": "bigint",
    "row_number": "bigint",
    "stated_us": "bigint",
    "at_us": "bigint",
    "interval_s": "double",
    "value": "double",
    "fault": "varchar",
}
FOLDER = "traces"


def folder_of(db: Path) -> Path:
    """The folder of the Parquet files beside the landing file `db`."""
    return db.parent / FOLDER


def first_key(set_id: str) -> int:
    """The key before the first channel of a set: sets do not share keys, and a set keeps its keys."""
    return (zlib.crc32(set_id.encode()) & 0x7FFFFFFF) << 32


def drop_unlisted(con: "duckdb.DuckDBPyConnection", db: Path) -> None:
    """Remove the Parquet files that no landed set names: of sets that were replaced, removed or never finished."""
    there = con.execute(
        "select 1 from duckdb_tables() where database_name = current_database() and schema_name = 'raw'"
        " and table_name = 'power__tables'"
    ).fetchall()
    listed = set()
    if there:
        listed = {name for (name,) in con.execute("select samples_file from raw.power__tables").fetchall()}
    for file in folder_of(db).glob("*.parquet*"):
        if file.name not in listed:
            file.unlink(missing_ok=True)


def show_samples(con: "duckdb.DuckDBPyConnection", db: Path) -> None:
    """Make raw.power__samples: a view of the Parquet files of the landed sets, or a table without rows."""
    kind = con.execute(
        "select table_type from information_schema.tables where table_catalog = current_database()"
        " and table_schema = 'raw' and table_name = 'power__samples'"
    ).fetchall()
    if kind:
        con.execute(f"drop {'view' if kind[0][0] == 'VIEW' else 'table'} raw.power__samples")
    names = con.execute("select samples_file from raw.power__tables order by 1").fetchall()
    if names:
        files = ", ".join(quoted(folder_of(db) / name) for (name,) in names)
        con.execute(f"create view raw.power__samples as from read_parquet([{files}])")
    else:
        columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        con.execute(f"create table raw.power__samples ({columns})")


def quoted(path: Path) -> str:
    """A path as a text literal of SQL."""
    return "'" + str(path).replace("'", "''") + "'"
