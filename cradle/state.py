"""In which state a checkout is: what is landed, built, reported on, and what has happened since."""

import fcntl
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from cradle import __version__, build_note, paths
from cradle.build_note import Note


@dataclass
class State:
    """What `cradle` without arguments finds; times are seconds since the epoch, 0 for never."""

    published: Path
    is_built: bool = False
    is_landed: bool = False
    built_at: float = 0.0
    note: Note = field(default_factory=Note)
    note_fits: bool = False
    holder: str = ""
    held_since: float = 0.0
    failed: list[str] = field(default_factory=list)
    new_studies: list[str] = field(default_factory=list)
    gone_studies: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    landed_since: list[str] = field(default_factory=list)
    other_version: str = ""
    report: str = "none"  # or old, or there


def find() -> State:
    """Look at files alone; DuckDB is opened only where the landing file changed since the last build."""
    published = paths.published_db()
    note = build_note.read_note(published)
    state = State(published, note=note)
    state.holder, state.held_since = _running(published)
    landing = paths.landing_db()
    state.is_landed = landing.is_file()
    state.is_built = published.is_file()
    if note.failed and note.failed_at > note.ended_at:
        state.failed = note.failed
    if not state.is_built:
        return state
    stat = build_note.stat_of(published)
    state.note_fits = tuple(note.published) == stat
    state.built_at = note.ended_at if state.note_fits else stat[1] / 1e9
    if state.failed and state.built_at > note.failed_at:  # built since, by dbt itself
        state.failed = []
    _changed_since(state, landing, stat[1])
    index = paths.site_dir() / "index.html"
    if index.is_file():
        state.report = "there" if index.stat().st_mtime >= stat[1] / 1e9 else "old"
    return state


def _changed_since(state: State, landing: Path, built_ns: int) -> None:
    root, note = paths.PROJECT_ROOT, state.note
    if not state.note_fits:
        state.changed = build_note.newer_inputs(root, built_ns)
        if build_note.stat_of(landing)[1] > built_ns:
            state.landed_since = ["landing.duckdb"]
        return
    state.changed = build_note.changed_inputs(root, note.inputs)
    if note.version != __version__:
        state.other_version = note.version
    own = set(build_note.own_studies())
    state.new_studies, state.gone_studies = sorted(own - set(note.own_studies)), sorted(set(note.own_studies) - own)
    if build_note.stat_of(landing) != tuple(note.landing):  # a pull that changed nothing is written down there too
        landed = build_note.landed_releases(landing)
        names = landed.keys() | note.landed.keys()
        state.landed_since = sorted(name for name in names if landed.get(name) != note.landed.get(name))


def _running(published: Path) -> tuple[str, float]:
    """Who builds and since when; the lock is tried only where its last holder still runs, so that none is kept out."""
    file = Path(f"{published}.lock")
    try:
        note = json.loads(file.read_text(encoding="utf-8"))
        os.kill(note["pid"], 0)
        with file.open("a+", encoding="utf-8") as handle:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return f"pid {note['pid']}: {note['command']}", file.stat().st_mtime
    # no such process, no such file, none that can be read, or one of somebody else
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        pass
    return "", 0.0
