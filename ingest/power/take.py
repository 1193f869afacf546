"""Read a set of traces and land it: what the files say of themselves, their totals, and their samples as Parquet."""

import hashlib
import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.console import progress
from cradle.errors import CradleError, FetchError, ParseError
from cradle.scratch import scratch_folder
from ingest.cache import sha256_of
from ingest.land import Delivery, Landed, combined_sha256, land, log_failed_fetch
from ingest.landing import open_landing
from ingest.parts import file_of_part, part_state
from ingest.power import traces
from ingest.power.assign import Assigned, Group, assign
from ingest.power.boundaries import notes_on_boundaries
from ingest.power.channels import gather, make_tables, name_channels, write_samples
from ingest.power.declared_windows import put_windows, read_windows
from ingest.power.file_order import find_order
from ingest.power.frames import frames_of, landed_frames
from ingest.power.given import given_files
from ingest.power.notes import notes_on, refuse_nothing
from ingest.power.packed import unpacked
from ingest.power.said import Said
from ingest.power.window_clocks import put_on_clock_of_traces
from ingest.sidecar import Sidecar

if TYPE_CHECKING:
    import duckdb
    import polars as pl

MEMORY_LIMIT = "1500MB"
SAMPLES = "samples.parquet"

Advance = Callable[..., None]  # of cradle.console.progress


def take_traces(sidecar: Sidecar, asked: list[Path], said: Said, db: Path) -> Landed:
    """Land a set of traces; the same again is a no-op. Raises FetchError, ParseError or LandError, and logs it."""
    try:
        return _take(sidecar, asked, said, db)
    except CradleError as error:
        log_failed_fetch(sidecar, "user_file", str(error), db)
        raise


def _take(sidecar: Sidecar, asked: list[Path], said: Said, db: Path) -> Landed:
    given = given_files(asked)
    before = {path: _state(path) for path, _ in given}
    if not said.is_named:
        _refuse_namesake(sidecar, _named(asked), said.set_id, db)
    with open_landing(db) as con:
        traces.refuse_same_keys(con, sidecar.source_id, said.set_id)
    with (
        unpacked(given, traces.folder_of(db)) as (files, archives),
        progress(f"reading {len(files):,} file{'s' if len(files) > 1 else ''}") as advance,
    ):
        assigned = assign(files, said.format, said.mapping)
        hashes = {file.path: file.sha256 for one in assigned.groups for file in one.files}
        size = sum(path.stat().st_size for path in hashes)
        told = _told(said, asked, size, combined_sha256(sorted(hashes.values())))
        told["fingerprint"] = _fingerprint(sidecar, assigned, said)
        told["samples_file"] = f"{said.set_id}-{told['fingerprint'][:16]}.parquet"
        delivery = _delivery(sidecar, said, told)
        samples, file = _landed_samples(delivery, db), traces.folder_of(db) / told["samples_file"]
        if samples is not None and file.is_file():
            landed = land(delivery, db)
            return Landed(landed.outcome, samples + landed.rows, tuple(assigned.notes))
        with scratch_folder(traces.folder_of(db), "reading-") as scratch:
            try:
                frames, notes = _read(assigned, said, told, scratch, advance)
            finally:
                read = {archives.get(path, path) for path in hashes}
                _refuse_changed({path: before[path] for path in read}, dict(given))

            def put_in_place() -> dict[str, "pl.DataFrame"]:
                # the landing file is held meanwhile: nobody takes a file that is not listed yet for one left behind
                (scratch / SAMPLES).replace(file)
                return landed_frames(frames, told, delivery)

            if samples is not None:  # its Parquet file was moved or deleted
                (scratch / SAMPLES).replace(file)
            landed = land(replace(delivery, frames=put_in_place), db)
    with open_landing(db) as con:
        traces.drop_unlisted(con, db)
    return Landed("landed", int(told["samples"]) + landed.rows, (*notes, *assigned.notes))


def _state(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _refuse_changed(before: dict[Path, tuple[int, int]], names: dict[Path, str]) -> None:
    """A file that is still written, or cut, is not the one whose hash stands beside its samples."""
    for path, state in before.items():
        now = _state(path) if path.is_file() else None
        if now != state:
            raise ParseError(
                "a file changed while it was read; nothing of it was landed",
                where=names[path],
                expected=f"{state[0]:,} bytes, as when the reading began",
                got="it is gone" if now is None else f"{now[0]:,} bytes, written to since",
                todo="end the program that writes it, or copy it and give the copy; then pull again",
            )


def _delivery(sidecar: Sidecar, said: Said, told: dict[str, str | None]) -> Delivery:
    return Delivery(
        sidecar=sidecar,
        origin="user_file",
        release_id=f"files-{told['file_sha256'][:12]}",
        file_name=told["file_name"],
        file_sha256=told["file_sha256"],
        bytes=int(told["bytes"]),
        fingerprint=told["fingerprint"],
        frames=dict,  # replaced once the files are read
        part=f"{sidecar.source_id}:{said.set_id}",
    )


def _named(asked: list[Path]) -> str:
    return ", ".join(map(str, asked))


def _told(said: Said, asked: list[Path], size: int, sha256: str) -> dict[str, str | None]:
    return {
        # a title goes into every export, where the folders of a machine are nobody's business
        "title": said.title or f"Traces of {', '.join(one.name or str(one) for one in asked)}",
        "licence_id": said.licence.id,
        "licence_name": said.licence.name,
        "licence_url": said.licence.url,
        "redistributable": said.licence.redistributable,
        "licence_pack": said.licence.pack,
        "run_said": said.run,
        "boundary_said": said.boundary,
        "timezone_said": said.timezone,
        "format_said": said.format,
        "file_name": _named(asked),
        "bytes": str(size),
        "file_sha256": sha256,
    }


def _fingerprint(sidecar: Sidecar, assigned: Assigned, said: Said) -> str:
    code = [file.read_bytes() for file in sorted(sidecar.folder.rglob("*.py")) if file.name != "contract.py"]
    files = [[file.name, file.sha256] for group in assigned.groups for file in group.files]
    beside = [[c.name, sha256_of(c)] for group in assigned.groups for file in group.files for c in file.companions]
    # a file beside it holds the window; another word of the user changes runs and clocks
    windows = repr(read_windows(said.windows, said.timezone)) if said.windows else None
    words = json.dumps([files, beside, windows, repr(said)])
    return hashlib.sha256(b"\0".join([*code, words.encode()])).hexdigest()


def _landed_samples(delivery: Delivery, db: Path) -> int | None:
    """How many samples the landed set has where it is the same as this one; None where it is not landed."""
    with open_landing(db) as con:
        state = part_state(con, delivery)
        if not state or state["fingerprint"] != delivery.fingerprint:
            return None
        found = con.execute("select samples from raw.power__tables where source_id = ?", [delivery.part]).fetchall()
    return int(found[0][0])


def _read(
    assigned: Assigned, said: Said, told: dict[str, str | None], scratch: Path, advance: Advance
) -> tuple[dict[str, "pl.DataFrame"], list[str]]:
    """Write the samples into the scratch folder; return the frames of all other tables, and notes."""
    import duckdb

    notes, done, read = [], 0, 0
    files = sum(len(group.files) for group in assigned.groups)
    total = sum(file.path.stat().st_size for group in assigned.groups for file in group.files)
    with closing(duckdb.connect()) as con:
        con.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
        con.execute("set temp_directory = ?", [str(scratch / "spilled")])
        con.execute("set preserve_insertion_order = false")
        make_tables(con)
        for group in assigned.groups:
            _list_files(con, group)
            notes += _gather_group(con, group)
            done += sum(file.path.stat().st_size for file in group.files)
            read += len(group.files)
            advance(done, total, f"{read:,} of {files:,} files, {_rows_so_far(con):,} rows")
        refuse_nothing(con, assigned)
        name_channels(con, said)
        notes += notes_on_boundaries(con)
        notes += put_on_clock_of_traces(con)
        notes += put_windows(con, said)
        write_samples(con, scratch / SAMPLES)
        find_order(con, scratch / SAMPLES)
        told["samples"] = str(con.execute("select coalesce(sum(samples), 0) from stored_channels").fetchall()[0][0])
        return frames_of(con, said), [*notes, *notes_on(con)]


def _rows_so_far(con: "duckdb.DuckDBPyConnection") -> int:
    return con.execute("select sum(estimated_size) from duckdb_tables() where table_name = 'samples'").fetchall()[0][0]


def _refuse_namesake(sidecar: Sidecar, named: str, set_id: str, db: Path) -> None:
    there = file_of_part(sidecar, set_id, db)
    if there is not None and there != named:
        raise FetchError(
            f"a set of traces {set_id!r} is landed from another place",
            where=named,
            expected=there,
            got=named,
            todo=f"say `--table {set_id}` to replace it, or another name to have both",
        )


def _gather_group(con: "duckdb.DuckDBPyConnection", group: Group) -> list[str]:
    try:
        reading = group.format.read(con, group.files)
        gather(con, reading)
    except CradleError:
        raise
    except Exception as error:
        raise ParseError(
            f"files could not be read as {group.format.TITLE}",
            where=", ".join(file.name for file in group.files[:5]),
            expected=f"the format {group.format.NAME}",
            got=f"{type(error).__name__}: {error}",
            todo="give the files one by one to find the one at fault; --format says another format",
        ) from error
    return reading.notes


def _list_files(con: "duckdb.DuckDBPyConnection", group: Group) -> None:
    import polars as pl

    rows = [
        {
            "file_index": file.index,
            "file_name": file.name,
            "file_sha256": file.sha256,
            "bytes": file.path.stat().st_size,
            "format": group.format.NAME,
            "companions": ", ".join(one.name for one in file.companions) or None,
        }
        for file in group.files
    ]
    con.register("incoming", pl.DataFrame(rows, schema_overrides={"companions": pl.String}))
    con.execute("insert into files by name from incoming")
    con.unregister("incoming")
