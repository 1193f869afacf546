"""The bundled release in `release/`, the embedded default: read, verify and land it."""

import hashlib
import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import LandError
from ingest.bundle_writing import finish_writing
from ingest.land import Delivery, combined_sha256, land, landed_state
from ingest.landing import open_landing
from ingest.sidecar import Sidecar

if TYPE_CHECKING:
    import polars as pl


def read_manifest(folder: Path) -> list[dict]:
    """The tables of the bundle, one record each (empty where there is no bundle). Raises LandError when unreadable.

    A record holds table, source_id, entity, pack, file, licence_id, rows, bytes, sha256, columns (those of the file)
    and left_out (columns of the landed table that the bundle does without); told_once, if there, the value that a
    column has in each row and the file does not repeat.
    """
    finish_writing(folder)
    file = folder / "manifest.json"
    if not file.is_file():
        if any(folder.rglob("*.csv")):
            raise _damaged(file, "the manifest of the tables that lie here", "no such file")
        return []
    try:
        tables = json.loads(file.read_text(encoding="utf-8"))["tables"]
        for needed in ("table", "source_id", "entity", "file", "sha256", "rows", "bytes", "columns", "left_out"):
            _ = [table[needed] for table in tables]
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(file, "a manifest that `cradle release` wrote", f"{type(error).__name__}: {error}") from error
    return tables


def land_bundle(sidecars: list[Sidecar], folder: Path, db: Path) -> list[str]:
    """Land the bundled tables of each source that has no landed data or an older bundle; what was pulled stays.

    Returns the ids of the sources that were landed. Raises LandError when the bundle is damaged.
    """
    tables, done = read_manifest(folder), []
    for sidecar in sidecars:
        own = sorted((t for t in tables if t["source_id"] == sidecar.source_id), key=lambda t: t["entity"])
        with open_landing(db) as con:
            state = landed_state(con, sidecar.source_id)
        fingerprint = _fingerprint(own)
        if not own or (state and (state["origin"] != "bundled" or state["fingerprint"] == fingerprint)):
            continue
        frames = {table["entity"]: _read_table(folder, table) for table in own}
        land(_delivery(sidecar, own, frames, fingerprint), db)
        done.append(sidecar.source_id)
    return done


def _fingerprint(tables: list[dict]) -> str:
    # what stands in the manifest alone: the files do not tell
    landed = [" ".join([t["table"], t["sha256"], " ".join(t["left_out"]), *_told(t)]) for t in tables]
    return hashlib.sha256("\n".join(landed).encode()).hexdigest()


def _told(table: dict) -> list[str]:
    return [f"{column}={value}" for column, value in sorted(table.get("told_once", {}).items())]


def _delivery(sidecar: Sidecar, tables: list[dict], frames: dict[str, "pl.DataFrame"], fingerprint: str) -> Delivery:
    def values(column: str) -> list[str]:
        return sorted({value for frame in frames.values() for value in frame[column].unique()})

    return Delivery(
        sidecar=sidecar,
        origin="bundled",
        release_id=", ".join(values("release_id")) or sidecar.version,
        file_name=", ".join(table["file"] for table in tables),
        file_sha256=combined_sha256(values("file_sha256") or [fingerprint]),
        bytes=sum(table["bytes"] for table in tables),
        fingerprint=fingerprint,
        frames=partial(dict, frames),
    )


def _read_table(folder: Path, table: dict) -> "pl.DataFrame":
    import polars as pl

    file = folder / table["file"]
    if not file.is_file():
        raise _damaged(file, f"the file of raw.{table['table']}", "no such file")
    content = file.read_bytes()
    if (sha256 := hashlib.sha256(content).hexdigest()) != table["sha256"]:
        raise _damaged(
            file, f"{table['bytes']} bytes with sha256 {table['sha256']}", f"{len(content)} bytes with sha256 {sha256}"
        )
    frame = pl.read_csv(content, infer_schema=False)
    if frame.columns != table["columns"] or frame.height != table["rows"]:
        expected = f"{table['rows']} rows of {', '.join(table['columns'])}"
        raise _damaged(file, expected, f"{frame.height} rows of {', '.join(frame.columns)}")
    nulls = {column: pl.lit(None, dtype=pl.String) for column in table["left_out"]}
    told = {column: pl.lit(value, dtype=pl.String) for column, value in table.get("told_once", {}).items()}
    return frame.drop("licence_id").with_columns(pl.col("row_number").cast(pl.Int64), **nulls, **told)


def _damaged(file: Path, expected: str, got: str) -> LandError:
    return LandError(
        "the bundled release is damaged",
        where=str(file),
        expected=expected,
        got=got,
        todo="restore the folder release/ (`git checkout -- release`), or write it anew with `cradle release`",
    )
