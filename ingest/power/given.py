"""The files that the user means: a path, a folder with all that is in it, or a pattern."""

import glob
import os
from collections.abc import Iterator
from pathlib import Path

from cradle.errors import FetchError


def given_files(asked: list[Path]) -> list[tuple[Path, str]]:
    """Return (path, name) of each file once, sorted by name; a name is relative to the folder that was given.

    Raises FetchError where a path names nothing, OSError where a folder in it cannot be read.
    """
    found: dict[Path, str] = {}
    folders: dict[Path, Path] = {}
    for one in asked:
        for path, name, is_link in _of(one):
            found.setdefault(path.resolve() if is_link else _resolved(path, folders), name)
    return sorted(found.items(), key=lambda item: (item[1], str(item[0])))


def _resolved(path: Path, folders: dict[Path, Path]) -> Path:
    """As `path.resolve()` of what is no link, which asks for each folder on the way, for each of thousands of files."""
    if path.parent not in folders:
        folders[path.parent] = path.parent.resolve()
    return folders[path.parent] / path.name


def _of(asked: Path) -> list[tuple[Path, str, bool]]:
    """Each file with its name, and whether it is a link."""
    if asked.is_file():
        return [(asked, asked.name, asked.is_symlink())]
    if asked.is_dir():
        inside = list(_files_in(asked, ""))
    else:
        # Path.glob takes no pattern that begins at the root
        paths, base = map(Path, glob.glob(str(asked), recursive=True)), _base(asked)  # noqa: PTH207
        inside = [(path, path.relative_to(base).as_posix(), path.is_symlink()) for path in paths if path.is_file()]
    if not inside:
        raise FetchError(
            "there is no file of a trace",
            where=str(asked),
            expected="a file, a folder that holds files, or a pattern in quotes such as 'traces/**/spl.txt'",
            got="an empty folder" if asked.is_dir() else "no such file",
            todo="mend the path",
        )
    return inside


def _files_in(folder: Path, before: str) -> Iterator[tuple[Path, str, bool]]:
    """Links to folders are not followed: one may lead in a circle. A folder that cannot be read is not passed over."""
    with os.scandir(folder) as entries:  # the list of a folder tells what is a file without asking for each
        for entry in entries:
            path, is_link = folder / entry.name, entry.is_symlink()
            if entry.is_dir(follow_symlinks=False):
                yield from _files_in(path, f"{before}{entry.name}/")
            elif path.is_file() if is_link else entry.is_file():
                yield path, before + entry.name, is_link


def _base(pattern: Path) -> Path:
    """The part of a pattern before its first wildcard."""
    fixed = []
    for part in pattern.parts:
        if glob.has_magic(part):
            break
        fixed.append(part)
    return Path(*fixed) if fixed else Path()
