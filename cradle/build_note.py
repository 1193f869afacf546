"""What the last build was: a note beside the published warehouse, so that `cradle` knows it without opening DuckDB."""

import hashlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cradle import __version__, paths
from cradle.study.tables import OWN_SOURCE

INPUTS = ("seeds", "models", "macros", "release", "ingest", "dbt_project.yml")
ENDINGS = {".csv", ".yml", ".sql", ".py", ".json", ".parquet", ".gz", ".md"}
_LAST = 1e11  # seconds since the epoch that the system's calendar can still write
Stamp = tuple[int, int, str]  # size, time of change in ns, hash


@dataclass
class Note:
    """What stands in the file; `published` and what follows are of the last build that passed."""

    version: str = ""
    ended_at: float = 0.0
    seconds: float = 0.0
    published: tuple[int, int] = (0, 0)
    landing: tuple[int, int] = (0, 0)
    landed: dict[str, str] = field(default_factory=dict)
    inputs: dict[str, Stamp] = field(default_factory=dict)
    own_studies: list[str] = field(default_factory=list)
    rows: int = 0
    scenarios: int = 0
    studies: int = 0
    sources: int = 0
    climate: dict[str, float] = field(default_factory=dict)
    failed_at: float = 0.0
    failed: list[str] = field(default_factory=list)
    log: str = ""


def note_file(published: Path) -> Path:
    """The note beside this warehouse."""
    return Path(f"{published}.build.json")


def read_note(published: Path) -> Note:
    """What stands there; an empty note where nothing does, or nothing that a build has written."""
    try:
        found = json.loads(note_file(published).read_text(encoding="utf-8"))
        note = Note(**{name: found[name] for name in Note.__dataclass_fields__ if name in found})
    except (OSError, ValueError, TypeError, RecursionError):
        return Note()
    return note if _is_sound(note) else Note()


def _is_sound(note: Note) -> bool:
    texts = [note.version, note.log, *_members(note.own_studies, list), *_members(note.failed, list)]
    counts = [note.rows, note.scenarios, note.studies, note.sources]
    stats = [note.published, note.landing]
    climate = _members(note.climate, dict)
    moments = [note.ended_at, note.seconds, note.failed_at]
    return (
        all(isinstance(text, str) for text in [*texts, *_members(note.landed, dict)])
        and all(isinstance(number, int) for number in counts)
        and all(isinstance(number, int | float) for number in [*moments, *climate])
        and all(0 <= moment < _LAST for moment in moments)
        and all(_has_types(stat, int, int) for stat in stats)
        and all(_has_types(stamp, int, int, str) for stamp in _members(note.inputs, dict))
    )


def _members(found: Any, kind: type) -> list[Any]:
    """The members of a list or the values of a dictionary; [None], which is of no type asked for, for anything else."""
    if not isinstance(found, kind):
        return [None]
    return list(found.values()) if isinstance(found, dict) else found


def _has_types(found: Any, *kinds: type) -> bool:
    return (
        isinstance(found, list | tuple)
        and len(found) == len(kinds)
        and all(isinstance(one, kind) for one, kind in zip(found, kinds, strict=True))
    )


def write_note(published: Path, note: Note) -> None:
    """Put the note in place of the one that is there; a place that cannot be written goes without."""
    file = note_file(published)
    fresh = file.with_name(f"{file.name}.{os.getpid()}.next")
    try:
        fresh.write_text(json.dumps(asdict(note)), encoding="utf-8")
        fresh.replace(file)
    except OSError:  # a convenience: no build fails for it
        fresh.unlink(missing_ok=True)


def of_build(published: Path, inputs: dict[str, Stamp], started: float) -> Note:
    """The note of a build that passed; `inputs` are those it began with."""
    landing = published.with_name("landing.duckdb")
    return Note(
        version=__version__,
        ended_at=time.time(),
        seconds=time.time() - started,
        published=stat_of(published),
        landing=stat_of(landing),
        landed=landed_releases(landing),
        inputs=inputs,
        own_studies=own_studies(),
        **_counted(published),
    )


def of_failure(before: Note, failed: list[str], log: Path) -> Note:
    """The note of a build that failed: what is published is still the one before."""
    return Note(**(asdict(before) | {"failed_at": time.time(), "failed": failed[:20], "log": str(log)}))


def stat_of(file: Path) -> tuple[int, int]:
    """Size and time of change; zeros where there is no such file."""
    try:
        found = file.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def input_files(root: Path) -> Iterator[tuple[str, Path]]:
    """The files that a build reads, by their path in the project."""
    for name in INPUTS:
        if (root / name).is_file():
            yield name, root / name
        for folder, folders, files in os.walk(root / name):
            folders[:] = [one for one in folders if one != "__pycache__" and not one.startswith(".")]
            for file in files:
                if os.path.splitext(file)[1] in ENDINGS and not file.startswith("."):  # noqa: PTH122
                    path = Path(folder, file)
                    yield str(path)[len(str(root)) + 1 :], path


def stamps(root: Path) -> dict[str, Stamp]:
    """What each input is now."""
    return {name: (*stat_of(path), _hash(path)) for name, path in input_files(root)}


def changed_inputs(root: Path, before: dict[str, Stamp]) -> list[str]:
    """The inputs that are other than these, new or gone; a file is read only where its size or time differs."""
    found, changed = set(), []
    for name, path in input_files(root):
        found.add(name)
        known = before.get(name)
        if known is None or (tuple(known[:2]) != stat_of(path) and known[2] != _hash(path)):
            changed.append(name)
    return sorted(changed + list(before.keys() - found))


def newer_inputs(root: Path, than_ns: int) -> list[str]:
    """The inputs that were written after a moment: all that can be known of a warehouse without a note."""
    return sorted(name for name, path in input_files(root) if stat_of(path)[1] > than_ns)


def own_studies() -> list[str]:
    """The ids of the studies that the user has added to the seeds."""
    import csv

    file = paths.PROJECT_ROOT / "seeds" / "factors" / "study_sources.csv"
    try:
        with file.open(encoding="utf-8", newline="") as handle:
            ids = [row.get("source_id") or "" for row in csv.DictReader(handle)]
    except (OSError, ValueError, csv.Error):
        return []
    return sorted(one.removeprefix(OWN_SOURCE) for one in ids if one.startswith(OWN_SOURCE))


def landed_releases(landing: Path) -> dict[str, str]:
    """The fingerprint of what is landed, by source; empty where the file cannot be read at this moment."""
    import duckdb

    if not landing.is_file():
        return {}
    try:
        with duckdb.connect(str(landing), read_only=True) as con:
            found = con.execute("select source_id, origin || ' ' || fingerprint from raw.landed").fetchall()
    except duckdb.Error:
        return {}
    return {source_id: fingerprint or "" for source_id, fingerprint in found}


def _counted(published: Path) -> dict[str, Any]:
    import duckdb

    questions = {
        "rows": "select cast(sum(estimated_size) as bigint) from duckdb_tables() where schema_name = 'marts'",
        "scenarios": "select count(*) from seeds.scenarios",
        "studies": "select count(*) from marts.sources where kind = 'study'",
        "sources": "select count(*) from marts.sources where kind != 'study'",
    }
    climate = (
        "select scenario_id, value from marts.impact_totals"
        " where impact_category = 'GWP' and electricity_view = 'location' and value is not null order by all"
    )
    # a project of other tables, which only uses the plugin, has no such table or one with other columns
    absent = (duckdb.CatalogException, duckdb.BinderException)
    counts: dict[str, Any] = {}
    with duckdb.connect(str(published), read_only=True) as con:
        for name, question in questions.items():
            try:
                counts[name] = con.execute(question).fetchall()[0][0] or 0
            except absent:
                counts[name] = 0
        try:
            counts["climate"] = dict(con.execute(climate).fetchall())
        except absent:
            counts["climate"] = {}
    return counts


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    except OSError:
        return ""
