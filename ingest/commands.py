"""What `cradle pull` and `cradle release` do, and say on the way."""

from pathlib import Path

from cradle import paths
from cradle.console import progress, say
from cradle.errors import CradleError, FetchError
from ingest.cache import Cache
from ingest.land import Landed
from ingest.sidecar import Sidecar, discover, find


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
        if not names and mirror is None and all(d.scheme == "file" for d in sidecar.download):
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


def release_sources(names: list[str]) -> None:
    """Rewrite the bundle from the named sources, or from all that may be bundled. Raises LandError when one may not."""
    from ingest.release import write_release

    chosen = find(names, discover())
    if not names:
        chosen = [sidecar for sidecar in chosen if sidecar.redistributable != "no" and sidecar.licence_pack]
    folder = paths.PROJECT_ROOT / "release"
    for table, rows in write_release(chosen, folder, paths.landing_db()).items():
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
