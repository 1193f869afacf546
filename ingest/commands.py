"""What `cradle pull` and `cradle release` do, and say on the way."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cradle import paths
from cradle.console import progress, say, show_table
from cradle.errors import CradleError, FetchError, UnreachableError
from ingest.cache import Cache
from ingest.fetch import refuse_mirror
from ingest.land import Landed, log_failed_fetch
from ingest.landing import open_landing
from ingest.sidecar import Sidecar, discover, find, read

OFFLINE_VARIABLE = "CRADLE_OFFLINE"


def pull_sources(names: list[str], files: list[Path], mirror: str | None, max_bytes: int) -> None:
    """Pull the named sources, or all of them. One failing neither stops the others nor touches what they landed.

    Where there are several, a table at the end says of each how it went. Raises FetchError after it when some failed;
    a source whose file the user supplies has not failed. SidecarError for an unknown name.
    """
    chosen = find(names, discover())
    if files:
        _take(chosen, files, bool(names))
        return
    refuse_mirror(mirror)
    cache = Cache(paths.landing_db().parent / "cache")
    if len(chosen) == 1 and names:
        _pull(chosen[0], cache, mirror, max_bytes)
        return
    outcomes = [_attempt(sidecar, cache, mirror, max_bytes) for sidecar in chosen]
    show_table(Outcome.COLUMNS, [outcome.row for outcome in outcomes])
    if failed := [outcome.source_id for outcome in outcomes if outcome.outcome == "failed"]:
        raise FetchError(
            f"{len(failed)} of {len(chosen)} sources could not be pulled; what was landed of them before is untouched",
            got=", ".join(failed),
            todo="see the messages above; pull those again by their names, the others are done",
        )


def pull_in_form(names: list[str], form: str, mirror: str | None, max_bytes: int) -> None:
    """Pull one source in another form than its pinned file. Raises FetchError, ParseError or LandError."""
    from ingest.forms import pull_form

    if len(names) != 1:
        raise FetchError(
            "--form goes with exactly one source",
            where="the command line",
            expected="cradle pull SOURCE --form NAME",
            got=", ".join(names) or "no source",
            todo="name the source whose other form you want",
        )
    (sidecar,) = find(names, discover())
    landed, notes = pull_form(sidecar, form, mirror, max_bytes)
    _report(sidecar, landed)
    for note in notes:
        say(f"  note: {note}")


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
    for note in landed.notes:
        say(f"  note: {note}")


def take_traces(asked: list[Path], said: dict[str, str | None]) -> None:
    """Land a set of power traces beside those that are landed. Raises FetchError, ParseError or LandError."""
    from ingest.power.said import declare
    from ingest.power.take import take_traces

    sidecar = read(paths.PROJECT_ROOT / "ingest" / "power" / "source.yml")
    declared = declare(asked, **said)
    landed = take_traces(sidecar, asked, declared, paths.landing_db())
    _report(sidecar, landed)
    say(
        f"  set {declared.set_id}: licence {declared.licence.id} ({declared.licence.name}),"
        f" passed on: {declared.licence.redistributable}"
    )
    for note in landed.notes:
        say(f"  note: {note}")


def remove_table(names: list[str], table: str) -> None:
    """Drop one landed table of the user's. Raises LandError where there is none of this name."""
    from ingest.parts import remove_part

    sidecar = _source_of_tables(names)
    rows = remove_part(sidecar, table, paths.landing_db())
    if sidecar.source_id == "power":
        from ingest.power.traces import drop_unlisted

        with open_landing(paths.landing_db()) as con:
            drop_unlisted(con, paths.landing_db())
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


@dataclass(frozen=True)
class Outcome:
    """How the pull of one source of several went."""

    COLUMNS = ("source", "outcome", "rows", "why")

    source_id: str
    outcome: Literal["landed", "unchanged", "yours to supply", "failed"]
    rows: int | None = None
    why: str = ""

    @property
    def row(self) -> list[str]:
        """The cells under COLUMNS."""
        return [self.source_id, self.outcome, "" if self.rows is None else f"{self.rows:,}", self.why]


def _attempt(sidecar: Sidecar, cache: Cache, mirror: str | None, max_bytes: int) -> Outcome:
    if _is_yours_to_supply(sidecar, mirror):
        return Outcome(sidecar.source_id, "yours to supply", why=sidecar.pull_command)
    try:
        landed = _pull(sidecar, cache, mirror, max_bytes)
    except CradleError as error:
        say(f"{sidecar.source_id}: {error}")
        return Outcome(sidecar.source_id, "failed", why=error.in_short)
    except Exception as error:  # a slip in one source's code is no reason to go without the others
        say(f"{sidecar.source_id}: {type(error).__name__}: {error}")
        return Outcome(sidecar.source_id, "failed", why=f"{type(error).__name__}: {error}"[:160])
    return Outcome(sidecar.source_id, landed.outcome, landed.rows)


def _is_yours_to_supply(sidecar: Sidecar, mirror: str | None) -> bool:
    if not sidecar.needs_file:
        return False
    if mirror is None or "://" in mirror:
        return True
    names = [[download.file_name for download in places] for places in sidecar.places]
    return not all(any((Path(mirror) / name).is_file() for name in of_one) for of_one in names)


def _pull(sidecar: Sidecar, cache: Cache, mirror: str | None, max_bytes: int) -> Landed:
    from ingest.pull import pull

    landed, notes = pull(sidecar, paths.landing_db(), cache, progress, mirror, max_bytes)
    _report(sidecar, landed)
    for note in notes:
        say(f"  note: {note}")
    return landed


def _take(chosen: list[Sidecar], files: list[Path], named: bool) -> None:
    from ingest.forms import as_one_file
    from ingest.pull import take_files, unknown_file_note

    if not named or len(chosen) != 1:
        raise FetchError(
            "--file goes with exactly one source",
            where="the command line",
            expected="cradle pull SOURCE --file PATH",
            got=", ".join(sidecar.source_id for sidecar in chosen) if named else "no source",
            todo="name the source that the file belongs to",
        )
    with as_one_file(chosen[0], files) as given:
        _report(chosen[0], take_files(chosen[0], given, paths.landing_db()))
        if note := unknown_file_note(chosen[0], given):
            say(f"  note: {note}")


def _report(sidecar: Sidecar, landed: Landed) -> None:
    how = "landed" if landed.outcome == "landed" else "unchanged,"
    say(f"{sidecar.source_id}: {how} {landed.rows:,} rows; `cradle build` takes them into the warehouse")
