"""Land what was delivered for a source: all its tables in one transaction, or none; every attempt is a row."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cradle.errors import CradleError, LandError
from ingest.landing import is_refused_by_system, open_landing
from ingest.parts import part_state, put_part, state_of_parts
from ingest.sidecar import Sidecar

if TYPE_CHECKING:
    import duckdb
    import polars as pl

LINEAGE = ("source_id", "release_id", "file_sha256", "row_number")


@dataclass(frozen=True)
class Delivery:
    """What is to be landed for a source.

    `frames` gives entity -> frame with all lineage columns; it is called only when there is something to do.
    `fingerprint` changes when the landed rows would: it stands for the files and for the code that reads them.
    `part` is the source_id of the rows where the delivery is one of several that stand side by side: the others stay.
    """

    sidecar: Sidecar
    origin: Literal["bundled", "pulled", "user_file"]
    release_id: str | None
    file_name: str | None
    file_sha256: str | None
    bytes: int | None
    fingerprint: str
    frames: Callable[[], dict[str, "pl.DataFrame"]]
    part: str | None = None


@dataclass(frozen=True)
class Landed:
    """How a landing went."""

    outcome: Literal["landed", "unchanged"]
    rows: int
    notes: tuple[str, ...] = ()


def land(delivery: Delivery, db: Path) -> Landed:
    """Land a delivery; the same again is a no-op. Raises LandError or ParseError after rolling back and logging."""
    import duckdb

    with open_landing(db) as con:
        started_at = _now()
        state = part_state(con, delivery) if delivery.part else landed_state(con, delivery.sidecar.source_id)
        if state and state["fingerprint"] == delivery.fingerprint and state["origin"] == delivery.origin:
            _log(con, delivery, started_at, "unchanged", state["rows"])
            return Landed("unchanged", state["rows"])
        con.execute("begin")
        try:
            rows = _replace_tables(con, delivery)
            _replace_state(con, delivery, rows)
            _log(con, delivery, started_at, "landed", rows)
            con.execute("commit")
        except (KeyboardInterrupt, duckdb.InterruptException) as stop:
            _undo(con, delivery, started_at, "interrupted by the user")
            raise KeyboardInterrupt from stop
        except CradleError as error:
            _undo(con, delivery, started_at, str(error))
            raise
        except Exception as error:
            _undo(con, delivery, started_at, f"{type(error).__name__}: {error}")
            if isinstance(error, duckdb.Error) and is_refused_by_system(error):
                raise LandError(
                    f"source {delivery.sidecar.source_id} could not be landed; what was landed before is untouched",
                    where=str(db),
                    expected="a disk with room for it",
                    got=str(error).splitlines()[0],
                    todo="make room and pull again; CRADLE_DB names a warehouse elsewhere",
                ) from error
            raise LandError(
                f"source {delivery.sidecar.source_id} could not be landed; what was landed before is untouched",
                where=delivery.file_name,
                expected=f"entities {', '.join(delivery.sidecar.entities)} from {delivery.sidecar.folder / 'parse.py'}",
                got=f"{type(error).__name__}: {error}",
                todo="check that the file is the published form; if it is, mend parse.py",
            ) from error
    return Landed("landed", rows)


def log_failed_fetch(sidecar: Sidecar, origin: str, error: str, db: Path) -> None:
    """Note in raw.ingest_log that the files of a source could not be had, where the landing file can be written."""
    import duckdb

    with suppress(duckdb.Error, LandError, OSError), open_landing(db) as con:  # the error to tell is that of the fetch
        nothing = Delivery(sidecar, origin, None, None, None, None, "", dict)
        _log(con, nothing, _now(), "failed", None, error)


def landed_state(con: "duckdb.DuckDBPyConnection", source_id: str) -> dict | None:
    """What is landed of a source (origin, release_id, file_sha256, bytes, rows, fingerprint), or None."""
    columns = ["origin", "release_id", "file_sha256", "bytes", "rows", "fingerprint"]
    found = con.execute(f"select {', '.join(columns)} from raw.landed where source_id = ?", [source_id]).fetchall()
    return dict(zip(columns, found[0], strict=True)) if found else None


def combined_sha256(hashes: list[str]) -> str:
    """One hash for a list of files: the file's own where there is one, else the hash of the list."""
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def _replace_tables(con: "duckdb.DuckDBPyConnection", delivery: Delivery) -> int:
    import polars as pl

    sidecar, frames, rows = delivery.sidecar, delivery.frames(), 0
    if set(frames) != set(sidecar.entities):
        raise LandError(
            f"source {sidecar.source_id} gave other entities than its sidecar lists",
            where=delivery.file_name,
            expected=", ".join(sidecar.entities),
            got=", ".join(frames) or "none",
            todo=f"make {sidecar.folder / 'parse.py'} and {sidecar.folder / 'source.yml'} agree",
        )
    for entity in sidecar.entities:
        table, frame = sidecar.table(entity), frames[entity]
        wrong = [f"{c} is {t}" for c, t in frame.schema.items() if t != pl.String and c != "row_number"]
        lacking = [c for c in LINEAGE if c not in frame.columns]
        if wrong or lacking or not frame.schema["row_number"].is_integer():
            raise LandError(
                f"the frame for raw.{table} cannot be landed",
                where=str(sidecar.folder / "parse.py"),
                expected=f"all columns text, row_number an integer, and the columns {', '.join(LINEAGE)}",
                got="; ".join([*wrong, *(f"no column {c}" for c in lacking)])
                or f"row_number {frame['row_number'].dtype}",
                todo="keep every cell as the text upstream wrote; give row_number as the 1-based data row",
            )
        payload = [c for c in frame.columns if c not in LINEAGE]
        ordered = frame.select(*payload, *LINEAGE[:3], pl.col("row_number").cast(pl.Int64))
        con.register("incoming", ordered)
        if delivery.part:
            put_part(con, table, delivery)
        else:
            con.execute(f'create or replace table raw."{table}" as select * from incoming')
        con.unregister("incoming")
        rows += 0 if delivery.part and entity == "tables" else ordered.height
    _drop_tables(con, sidecar.source_id, keep=[sidecar.table(e) for e in sidecar.entities])
    return rows


def _drop_tables(con: "duckdb.DuckDBPyConnection", source_id: str, keep: list[str]) -> None:
    found = con.execute(
        "select table_name from duckdb_tables() where schema_name = 'raw' and starts_with(table_name, ?)",
        [f"{source_id}__"],
    ).fetchall()
    for (table,) in found:
        if table not in keep:
            con.execute(f'drop table raw."{table}"')


def _replace_state(con: "duckdb.DuckDBPyConnection", delivery: Delivery, rows: int) -> None:
    con.execute("delete from raw.landed where source_id = ?", [delivery.sidecar.source_id])
    state = [delivery.release_id, delivery.file_sha256, delivery.bytes, rows, delivery.fingerprint]
    if delivery.part:
        state = state_of_parts(con, delivery.sidecar)
    con.execute(
        "insert into raw.landed values (?, ?, ?, ?, ?, ?, ?)", [delivery.sidecar.source_id, delivery.origin, *state]
    )


def _undo(con: "duckdb.DuckDBPyConnection", delivery: Delivery, started_at: datetime, error: str) -> None:
    import duckdb

    with suppress(duckdb.Error):  # on a full disk neither may work: the error to tell is the first one
        con.execute("rollback")
        _log(con, delivery, started_at, "failed", None, error)


def _log(
    con: "duckdb.DuckDBPyConnection",
    delivery: Delivery,
    started_at: datetime,
    outcome: str,
    rows: int | None,
    error: str | None = None,
) -> None:
    con.execute(
        "insert into raw.ingest_log select (select coalesce(max(ingest_id), 0) + 1 from raw.ingest_log),"
        " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        [
            delivery.sidecar.source_id,
            delivery.release_id,
            delivery.origin,
            delivery.file_name,
            delivery.file_sha256,
            delivery.bytes,
            rows,
            outcome,
            error,
            started_at,
            _now(),
        ],
    )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
