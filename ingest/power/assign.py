"""Which format reads which of the user's files, each with its number, its hash and the files beside it."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from cradle.errors import ParseError
from cradle.listed import listed
from ingest.cache import sha256_of
from ingest.power.detect import FORMATS, UTF_16, module_of, sort_files, unknown_format
from ingest.power.reading import TraceFile
from ingest.side_by_side import side_by_side

NAMED_IN_NOTES = 5


@dataclass(frozen=True)
class Group:
    """The files of one format."""

    format: ModuleType
    files: list[TraceFile]


@dataclass
class Assigned:
    """All traces of a pull by format, and notes on what was left aside."""

    groups: list[Group]
    notes: list[str] = field(default_factory=list)


def assign(files: list[tuple[Path, str]], format_name: str | None, mapping: Path | None = None) -> Assigned:
    """Sort files (path, name) to formats by their content; `format_name` is what the user says.

    A mapping that the user gives is that of every file, whatever lies beside it.

    A file that nothing knows stops a pull of that file alone; in a folder it is named in a note. Raises ParseError for
    an unknown format, a file that several formats know, and where nothing is a trace.
    """
    if format_name is not None:
        module_of(format_name)
    names = {path: name for path, name in files if path != mapping}
    found = sort_files(list(names), format_name)
    beside = defaultdict(list)
    for companion, traces in found.companions.items():
        for trace in traces:
            beside[trace].append(companion)
    groups, index = [], 0
    for name in FORMATS:
        of_one, paths = [], found.traces.get(name, [])
        for path, sha256 in zip(paths, side_by_side(sha256_of, paths, at_once=64), strict=True):
            index += 1
            given = (mapping,) if mapping else tuple(beside[path])
            of_one.append(TraceFile(index, path, names[path], sha256, given))
        if of_one:
            groups.append(Group(module_of(name), of_one))
    aside = [names[path] for path, reason in found.others.items() if reason != UTF_16]
    in_utf_16 = [names[path] for path, reason in found.others.items() if reason == UTF_16]
    unknown = [names[path] for path in found.unknown]
    if not groups:
        if len(files) == 1:
            raise unknown_format(*files[0])
        raise ParseError(
            "None of these files is a trace of power or energy in a known format",
            where=", ".join([*in_utf_16, *unknown, *aside][:NAMED_IN_NOTES]),
            expected=", ".join(FORMATS),
            got=f"{len(files)} files of none of these{', some in UTF-16: save them as UTF-8' if in_utf_16 else ''}",
            todo="name the format with --format, or write a mapping for plain_csv",
        )
    notes = [("no format knows", unknown), ("in UTF-16; save them as UTF-8", in_utf_16), ("no traces", aside)]
    return Assigned(groups, [note for what, of_one in notes for note in _note(what, of_one)])


def _note(what: str, names: list[str]) -> list[str]:
    if not names:
        return []
    return [f"left aside, {what}: {listed(sorted(names), NAMED_IN_NOTES)}"]
