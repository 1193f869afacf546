"""Which format reads which of the user's files."""

import importlib
import pkgutil
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from cradle.errors import ParseError
from ingest.cache import sha256_of
from ingest.power import formats
from ingest.power.reading import TraceFile

HEAD_BYTES = 1 << 16


@dataclass(frozen=True)
class Group:
    """The files of one format."""

    format: ModuleType
    files: list[TraceFile]


@dataclass
class Assigned:
    """All files of a pull by format, and what was left aside."""

    groups: list[Group]
    notes: list[str] = field(default_factory=list)


def all_formats() -> dict[str, ModuleType]:
    """The formats by their names."""
    found = [importlib.import_module(f"{formats.__name__}.{m.name}") for m in pkgutil.iter_modules(formats.__path__)]
    return {module.NAME: module for module in found if hasattr(module, "NAME")}


def assign(files: list[tuple[Path, str]], asked: str | None) -> Assigned:
    """Sort files (path, name) to formats by their content; `asked` is the format that the user says.

    Raises ParseError for an unknown format, a file of none or of two, and where nothing is a trace.
    """
    known = all_formats()
    if asked is not None and asked not in known:
        raise ParseError("there is no such format", where="--format", expected=", ".join(sorted(known)), got=asked)
    by_format, companions, others = defaultdict(list), set(), []
    for path, name in files:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        fitting = [asked] if asked else [name for name, module in known.items() if module.sniff(head, path)]
        if len(fitting) > 1:
            raise ParseError(
                "the file looks like two formats",
                where=name,
                expected="a file of one format",
                got=" and ".join(fitting),
                todo="say which with --format",
            )
        if not fitting:
            others.append((path, name))
            continue
        beside = tuple(known[fitting[0]].companions(path))
        companions.update(one.resolve() for one in beside)
        by_format[fitting[0]].append((path, name, beside))
    unknown = [name for path, name in others if path.resolve() not in companions]
    if not by_format:
        raise ParseError(
            "none of these files is a trace of power or energy in a known format",
            where=", ".join(unknown[:5]),
            expected=", ".join(f"{name} ({module.TITLE})" for name, module in sorted(known.items())),
            got=f"{len(unknown)} files of none of these",
            todo="say the format with --format, or give a plain CSV with --format plain_csv and --mapping",
        )
    groups, index = [], 0
    for name in sorted(by_format):
        of_one = []
        for path, file_name, beside in by_format[name]:
            index += 1
            of_one.append(TraceFile(index, path, file_name, sha256_of(path), beside))
        groups.append(Group(known[name], of_one))
    notes = [f"{len(unknown)} files are no traces and were left aside: {', '.join(unknown[:5])}"] if unknown else []
    return Assigned(groups, notes)
