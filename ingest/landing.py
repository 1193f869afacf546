"""The lander's file, `landing.duckdb`: opened by one process at a time, for moments."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cradle.errors import LandError
from ingest.stillborn import remove_stillborn

if TYPE_CHECKING:
    import duckdb

T = TypeVar("T")
PATIENCE_S = 10.0
REFUSALS = ("Permission denied", "Read-only file system", "No space left", "File too large")

DDL = """
create schema if not exists raw;
create table if not exists raw.ingest_log (
    ingest_id bigint, source_id varchar, release_id varchar, origin varchar, file_name varchar, file_sha256 varchar,
    bytes bigint, rows bigint, outcome varchar, error varchar, started_at timestamp, finished_at timestamp
);
create table if not exists raw.landed (
    source_id varchar, origin varchar, release_id varchar, file_sha256 varchar, bytes bigint, rows bigint,
    fingerprint varchar
);
"""


def patiently(action: Callable[[], T]) -> T:
    """The result of an action on a DuckDB file that another process may hold for a moment.

    Raises LandError when it is still held after PATIENCE_S seconds.
    """
    import duckdb

    give_up_at = time.monotonic() + PATIENCE_S
    while True:
        try:
            return action()
        except duckdb.IOException as error:
            if "lock" not in str(error):
                raise _unreadable(error) from error
            if time.monotonic() > give_up_at:
                raise LandError(
                    "the landing file is held by another process",
                    expected=f"to have it within {PATIENCE_S:g} s",
                    got=str(error).splitlines()[0],
                    todo="close the program that holds it, or wait for the pull that is running, and try again",
                ) from error
            time.sleep(0.1)


def is_refused_by_system(error: Exception) -> bool:
    """Whether an error of DuckDB says that there is no room or no permission."""
    return any(sign in str(error) for sign in REFUSALS)


def _unreadable(error: Exception) -> LandError:
    if is_refused_by_system(error):
        return LandError(
            "the landing file cannot be opened",
            expected="a file and a folder that can be written, on a disk with room",
            got=str(error).splitlines()[0],
            todo="mend the permissions or make room; CRADLE_DB names a warehouse elsewhere",
        )
    return LandError(
        "the landing file cannot be read",
        expected="a DuckDB file that Cradle wrote",
        got=str(error).splitlines()[0],
        todo="move it away and pull again: the bundle lands by itself, your own files with `cradle pull SOURCE --file`",
    )


@contextmanager
def open_landing(db: Path) -> Iterator["duckdb.DuckDBPyConnection"]:
    """The landing file for writing, with its tables made. Raises LandError when another process holds it."""
    import duckdb

    db.parent.mkdir(parents=True, exist_ok=True)
    remove_stillborn(db)
    con = patiently(lambda: duckdb.connect(str(db)))
    try:
        con.execute(DDL)
        yield con
    finally:
        con.close()
