"""Pull a source: fetch its files, or take the user's, parse them and land them."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

from cradle.errors import CradleError, FetchError
from ingest.additions import adding, with_own_tables
from ingest.cache import Cache, sha256_of
from ingest.fetch import DEFAULT_MAX_BYTES, Fetched, Progress, fetch
from ingest.land import Delivery, Landed, combined_sha256, land, landed_state, log_failed_fetch
from ingest.landing import open_landing
from ingest.parsing import code_sha256, parse_files
from ingest.sidecar import Download, Sidecar


def pull(
    sidecar: Sidecar,
    db: Path,
    cache: Cache,
    progress: Progress,
    mirror: str | None = None,
    max_bytes: int = DEFAULT_MAX_BYTES,
) -> tuple[Landed, list[str]]:
    """Fetch and land the pinned files of a source; returns how it went and notes for the user.

    Raises FetchError, ParseError or LandError; each failed attempt is a row of raw.ingest_log.
    """
    try:
        with ExitStack() as stack:
            scratch = lru_cache(lambda: stack.enter_context(cache.temporary()))
            fetched = [
                _first_that_works(sidecar, places, cache, scratch, progress, mirror, max_bytes)
                for places in sidecar.places
            ]
    except OSError as error:
        refused = _cannot_write(sidecar, cache, error)
        log_failed_fetch(sidecar, "pulled", str(refused), db)
        raise refused from error
    except (CradleError, KeyboardInterrupt) as error:
        log_failed_fetch(sidecar, "pulled", str(error) or "interrupted by the user", db)
        raise
    return land(_delivery(sidecar, "pulled", fetched), db), [f.note for f in fetched if f.note]


def is_current(sidecar: Sidecar, db: Path) -> bool:
    """Whether a pull would change nothing, known without a file; so it is with the user's own file."""
    if not db.is_file():
        return False
    with open_landing(db) as con:
        state = landed_state(con, sidecar.source_id)
    if not state or state["origin"] == "bundled":
        return False
    pinned = [places[0].sha256 for places in sidecar.places]
    return state["origin"] == "user_file" or (
        None not in pinned and state["fingerprint"] == _fingerprint(sidecar, pinned)
    )


def take_files(sidecar: Sidecar, files: list[Path], db: Path) -> Landed:
    """Land the user's own files for a source. Raises FetchError, ParseError or LandError."""
    try:
        for file in files:
            refuse_missing(sidecar, file)
        _refuse_too_many(sidecar, files)
    except FetchError as error:
        log_failed_fetch(sidecar, "user_file", str(error), db)
        raise
    files = with_own_tables(sidecar, files)
    return land(_delivery(sidecar, "user_file", [Fetched(f, f.name, sha256_of(f)) for f in files]), db)


def _first_that_works(
    sidecar: Sidecar,
    places: list[Download],
    cache: Cache,
    scratch: Callable[[], Path],
    progress: Progress,
    mirror: str | None,
    max_bytes: int,
) -> Fetched:
    for download in places[:-1]:
        try:
            found = fetch(sidecar, download, cache, scratch, progress, mirror, max_bytes)
            break
        except FetchError:
            continue
    else:
        found = fetch(sidecar, places[-1], cache, scratch, progress, mirror, max_bytes)
    pinned = sidecar.version if places[0].sha256 else None
    return replace(found, release_id=places[0].release_id or pinned)


def _cannot_write(sidecar: Sidecar, cache: Cache, error: OSError) -> FetchError:
    return FetchError(
        f"the files of source {sidecar.source_id} could not be kept; what was landed before is untouched",
        where=str(error.filename or cache.root),
        expected="a folder that can be written, on a disk with room",
        got=error.strerror or str(error),
        todo="make room or mend the permissions, and pull again; CRADLE_DB names a warehouse elsewhere",
    )


def _delivery(sidecar: Sidecar, origin: str, files: list[Fetched]) -> Delivery:
    hashes = [file.sha256 for file in files]
    releases = [f.release_id or release for f, release in zip(files, sidecar.releases_of(hashes), strict=True)]
    return Delivery(
        sidecar=sidecar,
        origin=origin,
        release_id=", ".join(dict.fromkeys(releases)),
        file_name=", ".join(dict.fromkeys(file.name for file in files)),
        file_sha256=combined_sha256(hashes),
        bytes=sum(file.path.stat().st_size for file in files),
        # the name of the user's file may say what the file does not: the year of a residual mix
        fingerprint=_fingerprint(sidecar, hashes + [f.name for f in files if origin == "user_file"]),
        frames=partial(
            parse_files,
            sidecar,
            [(f.path, f.name, f.sha256, release) for f, release in zip(files, releases, strict=True)],
        ),
    )


def _fingerprint(sidecar: Sidecar, read: list[str]) -> str:
    # another parse.py would land other rows from the same file
    return combined_sha256([*read, code_sha256(sidecar)])


def unknown_file_note(sidecar: Sidecar, files: list[Path]) -> str | None:
    """What to know of the user's file when it is none of the known releases; None when it is one."""
    known = {d.sha256 for d in sidecar.download if d.sha256} | {k.sha256 for k in sidecar.known_files}
    added = adding(sidecar, files)  # a file of another form is compared with nothing
    unknown = [file for file in files if file not in added and sha256_of(file) not in known]
    if not unknown or not known:
        return None
    sizes = ", ".join(f"{d.bytes:,}" for d in sidecar.download if d.bytes)
    return (
        f"{unknown[0].name} ({unknown[0].stat().st_size:,} bytes) is none of the known releases of {sidecar.source_id}"
        + (f" ({sidecar.version} has {sizes} bytes)" if sizes else "")
        + ": a file that was cut at a line end or edited looks like this too"
    )


def _refuse_too_many(sidecar: Sidecar, files: list[Path]) -> None:
    most = max(len(sidecar.places), len(adding(sidecar, files)))
    if len(files) > most or len({sha256_of(file) for file in files}) < len(files):
        raise FetchError(
            f"too many files for source {sidecar.source_id}",
            where=", ".join(str(file) for file in files),
            expected=f"{most} file{'s' if most > 1 else ''}, each once",
            got=f"{len(files)} files",
            todo="give one release of the source; another one replaces it",
        )


def refuse_missing(sidecar: Sidecar, file: Path) -> None:
    """Raise FetchError where the user's file is not there."""
    if not file.is_file():
        raise FetchError(
            f"the file you give for source {sidecar.source_id} is not there",
            where=str(file),
            expected=f"a file such as {sidecar.download[0].file_name}",
            got="a folder" if file.is_dir() else "no such file",
            todo=f"mend the path, or get the file from {sidecar.landing_page}",
        )
