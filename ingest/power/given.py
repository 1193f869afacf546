"""The files that the user means: a path, a folder with all that is in it, or a pattern."""

import glob
import os
from pathlib import Path

from cradle.errors import FetchError


def given_files(asked: list[Path]) -> list[tuple[Path, str]]:
    """Return (path, name) of each file once, sorted by name; a name is relative to the folder that was given.

    Raises FetchError where a path names nothing, OSError where a folder in it cannot be read.
    """
    found: dict[Path, str] = {}
    folders: dict[Path, Path] = {}
    for one in asked:
        for path, base in _of(one):
            found.setdefault(_resolved(path, folders), path.relative_to(base).as_posix())
    return sorted(found.items(), key=lambda item: (item[1], str(item[0])))


def _resolved(path: Path, folders: dict[Path, Path]) -> Path:
    """As `path.resolve()`, which asks for each folder on the way, for each of thousands of files."""
    if path.is_symlink():
        return path.resolve()
    if path.parent not in folders:
        folders[path.parent] = path.parent.resolve()
    return folders[path.parent] / path.name


def _of(asked: Path) -> list[tuple[Path, Path]]:
    if asked.is_file():
        return [(asked, asked.parent)]
    if asked.is_dir():
        # links to folders are not followed: one may lead in a circle. A folder that cannot be read is not passed over
        files = [Path(folder) / name for folder, _, names in os.walk(asked, onerror=_refuse) for name in names]
        inside = [(file, asked) for file in files if file.is_file()]
    else:
        # Path.glob takes no pattern that begins at the root
        names = map(Path, glob.glob(str(asked), recursive=True))  # noqa: PTH207
        inside = [(name, _base(asked)) for name in names if name.is_file()]
    if not inside:
        raise FetchError(
            "there is no file of a trace",
            where=str(asked),
            expected="a file, a folder that holds files, or a pattern in quotes such as 'traces/**/spl.txt'",
            got="an empty folder" if asked.is_dir() else "no such file",
            todo="mend the path",
        )
    return inside


def _refuse(error: OSError) -> None:
    raise error


def _base(pattern: Path) -> Path:
    """The part of a pattern before its first wildcard."""
    fixed = []
    for part in pattern.parts:
        if glob.has_magic(part):
            break
        fixed.append(part)
    return Path(*fixed) if fixed else Path()
