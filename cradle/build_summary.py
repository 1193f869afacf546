"""What to say of a build that passed: its size, its time, and what moved since the one before."""

from cradle.build_note import Note
from cradle.console import length_of_time
from cradle.listed import listed

MOVED_BY = 0.001  # a total that moved by less than this share is left out
NAMED = 3


def summary(before: Note, now: Note, warnings: int) -> list[str]:
    """Lines on the new warehouse; `before` is the note of the one that it replaces, empty where there was none."""
    lines = [f"built in {length_of_time(now.seconds)}: {size(now)}; {_of_warnings(warnings)}"]
    if before.ended_at and now.climate:
        lines.append(f"since the build before: {_moved(before, now)}")
    return lines


def size(note: Note) -> str:
    """How much a warehouse holds; what a project does not have is left out."""
    counts = ((note.scenarios, "scenarios"), (note.studies, "studies"), (note.sources, "data sets"))
    return ", ".join([*(f"{count:,} {what}" for count, what in counts if count), f"{note.rows:,} rows in the marts"])


def _of_warnings(count: int) -> str:
    return "no warnings" if not count else f"{count} warning{'s' if count > 1 else ''} (see above)"


def _moved(before: Note, now: Note) -> str:
    added = sorted(now.climate.keys() - before.climate.keys())
    gone = sorted(before.climate.keys() - now.climate.keys())
    moved = {
        name: (abs(_change(before.climate[name], value)), _told(name, before.climate[name], value))
        for name, value in now.climate.items()
        if name in before.climate and abs(_change(before.climate[name], value)) > MOVED_BY
    }
    largest = [told for _, told in sorted(moved.values(), key=lambda one: (-one[0], one[1]))]
    parts = [
        _named(("new scenario", "new scenarios"), added),
        _named(("scenario gone", "scenarios gone"), gone),
        _named(("climate total moved", "climate totals moved"), largest),
    ]
    said = [part for part in parts if part]
    return "; ".join(said) or "no scenario came or went, and no climate total moved by more than 0.1 %"


def _change(before: float, now: float) -> float:
    return now / before - 1 if before else (0.0 if now == before else float("inf"))


def _told(name: str, before: float, now: float) -> str:
    return f"{name} {_change(before, now):+.1%}" if before else f"{name} from 0"


def _named(what: tuple[str, str], names: list[str]) -> str:
    return f"{len(names):,} {what[len(names) > 1]}: {listed(names, NAMED)}" if names else ""
