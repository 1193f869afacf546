"""The files that the user means: a path, a folder with all that is in it, or a pattern."""

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from cradle.errors import FetchError, ParseError


def given_files(asked: list[Path]) -> list[tuple[Path, str]]:
    """Return (path, name) of each file once, sorted by name; a name is relative to the folder that was given.

    Raises FetchError where a path names nothing, ParseError for a name that is not UTF-8, and OSError where a folder in
    it cannot be read.
    """
    refuse_other_names((one, str(one)) for one in asked)
    found: dict[Path, str] = {}
    for one in asked:
        for path, name in _of(one):
            found.setdefault(path, name)
    refuse_other_names(found.items())
    return sorted(found.items(), key=lambda item: (item[1], str(item[0])))


def refuse_other_names(files: Iterable[tuple[Path, str]]) -> None:
    """Raise ParseError where the path or the name of a file is not UTF-8: no table and no terminal can hold it."""
    for path, name in files:
        try:
            f"{path}{name}".encode()
        except UnicodeEncodeError:
            raise ParseError(
                "The name of a file is not UTF-8",
                where=_escaped(str(path)),
                expected="the name of a file, and of each folder above it, in UTF-8",
                got="bytes that are none, written here as \\x and two digits",
                todo="rename it; nothing was landed",
            ) from None


def _escaped(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _of(asked: Path) -> list[tuple[Path, str]]:
    """Each file, resolved, with its name."""
    if asked.is_file():
        return [(asked.resolve(), asked.name)]
    if asked.is_dir():
        inside = list(_files_in(str(asked.resolve()), ""))
    else:
        # Path.glob takes no pattern that begins at the root
        paths, base = map(Path, glob.glob(str(asked), recursive=True)), _base(asked)  # noqa: PTH207
        inside = [(path.resolve(), path.relative_to(base).as_posix()) for path in paths if path.is_file()]
    if not inside:
        raise FetchError(
            "there is no file of a trace",
            where=str(asked),
            expected="a file, a folder that holds files, or a pattern in quotes such as 'traces/**/spl.txt'",
            got="an empty folder" if asked.is_dir() else "no such file",
            todo="mend the path",
        )
    return inside


def _files_in(folder: str, before: str) -> Iterator[tuple[Path, str]]:
    """Links to folders are not followed: one may lead in a circle. A folder that cannot be read is not passed over.

    The folder is resolved, and so is what it holds but for links: thousands of files are not asked for one by one.
    """
    waiting = [(folder, before)]
    while waiting:
        folder, before = waiting.pop()
        with os.scandir(folder) as entries:  # the list of a folder tells what is a file without asking for each
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{before}{entry.name}/"))
                elif entry.is_file():
                    path = Path(entry.path)
                    yield path.resolve() if entry.is_symlink() else path, before + entry.name


def _base(pattern: Path) -> Path:
    """The part of a pattern before its first wildcard."""
    fixed = []
    for part in pattern.parts:
        if glob.has_magic(part):
            break
        fixed.append(part)
    return Path(*fixed) if fixed else Path()
