"""The samples of a set of traces: one Parquet file a set, in the folder `traces` beside the warehouse.

A long trace is kept once, and no build copies it: the landing file and the warehouse hold what it adds up to.

A Parquet file is put in its place, and one that no set names is removed, only by a process that holds the landing file.
While a build reads them none is removed.
"""

import fcntl
import os
import shutil
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import FetchError, LandError

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


def refuse_same_keys(con: "duckdb.DuckDBPyConnection", source_id: str, set_id: str) -> None:
    """Raise FetchError where a landed set of another name has the keys that this one would have."""
    for landed in _column(con, "source_id"):
        other = landed.removeprefix(f"{source_id}:")
        if other != set_id and first_key(other) == first_key(set_id):
            raise FetchError(
                "the name of the set gives its channels the keys of another set",
                where="--table",
                expected=f"another name than {set_id!r}",
                got=f"{set_id!r}, beside the landed set {other!r}",
                todo="say another name with --table",
            )


def drop_unlisted(con: "duckdb.DuckDBPyConnection", db: Path) -> None:
    """Remove the Parquet files that no landed set names: of sets that were replaced, removed or never finished.

    `con` is the landing file, opened for writing. While a build runs they stay for it, until the next pull or build.
    """
    if not _is_building(db.parent):
        _drop_others(folder_of(db), set(_column(con, "samples_file")))


def show_samples(con: "duckdb.DuckDBPyConnection", db: Path) -> None:
    """Make raw.power__samples: a view of the Parquet files of the landed sets, or a table without rows.

    For a build, which holds the landing file attached: files that no set names go. Raises LandError where one is gone.
    """
    kind = con.execute(
        "select table_type from information_schema.tables where table_catalog = current_database()"
        " and table_schema = 'raw' and table_name = 'power__samples'"
    ).fetchall()
    if kind:
        con.execute(f"drop {'view' if kind[0][0] == 'VIEW' else 'table'} raw.power__samples")
    sets = con.execute("select samples_file, source_id, file_name from raw.power__tables order by 1").fetchall()
    for name, source_id, given in sets:
        _refuse_unreadable(con, folder_of(db) / name, source_id, given)
    if sets:
        files = ", ".join(quoted(folder_of(db) / name) for name, *_ in sets)
        con.execute(f"create view raw.power__samples as from read_parquet([{files}])")
    else:
        columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        con.execute(f"create table raw.power__samples ({columns})")
    _drop_others(folder_of(db), {name for name, *_ in sets})


def lend(db: Path, to: Path) -> None:
    """Give the folder `to` the Parquet files beside the landing file `db`, for a build that is a trial in it.

    They are links where the file system has them: a pull meanwhile takes none away.
    """
    folder_of(to).mkdir(parents=True, exist_ok=True)
    for file in folder_of(db).glob("*.parquet"):
        copy = folder_of(to) / file.name
        try:
            os.link(file, copy)
        except OSError:
            shutil.copyfile(file, copy)


def quoted(path: Path) -> str:
    """A path as a text literal of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def _refuse_unreadable(con: "duckdb.DuckDBPyConnection", file: Path, source_id: str, given: str) -> None:
    import duckdb

    try:
        con.execute(f"from read_parquet({quoted(file)}) limit 0")
    except duckdb.Error as error:
        source, name = source_id.split(":", 1)
        raise LandError(
            f"the samples of the set of traces {name!r} cannot be read",
            where=str(file),
            expected="the Parquet file that its pull wrote",
            got=str(error).splitlines()[0] if file.is_file() else "no such file",
            todo=f"put it back, or land the set again (`cradle pull {source} --file PATH --table {name}`; it was landed"
            f" from {given}), or go on without it (`cradle pull {source} --remove {name}`)",
        ) from error


def _column(con: "duckdb.DuckDBPyConnection", name: str) -> list[str]:
    there = con.execute(
        "select 1 from duckdb_tables() where database_name = current_database() and schema_name = 'raw'"
        " and table_name = 'power__tables'"
    ).fetchall()
    if not there:
        return []
    return [text for (text,) in con.execute(f"select {name} from raw.power__tables order by 1").fetchall()]


def _drop_others(folder: Path, listed: set[str]) -> None:
    for file in folder.glob("*.parquet"):
        if file.name not in listed:
            file.unlink(missing_ok=True)


def _is_building(folder: Path) -> bool:
    """Whether a process holds the lock of a build on a warehouse in the folder (`ingest.lock`)."""
    for file in folder.glob("*.lock"):
        with file.open("rb") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
    return False
