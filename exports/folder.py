"""Replace an exported folder as a whole: readers see the last good export or the new one, never a mixture."""

import ctypes
import json
import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import ExportError
from cradle.listed import listed
from cradle.scratch import scratch_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

DESCRIPTOR = "datapackage.json"
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # of Linux


@contextmanager
def replaced(out: Path, *, to_publish: bool = False, form: str = "parquet") -> "Iterator[Path]":
    """A temporary folder that takes the place of `out` once the block ends well, and vanishes if it fails.

    Raises ExportError where `out` holds anything that no earlier export wrote, as the swap would delete it, or an
    export of the other kind (to publish, or for one's own use) or in another format.
    """
    out = out.resolve()
    if not out.name:
        raise ExportError(
            "the export needs a folder of its own",
            where=str(out),
            expected="a new name",
            got="the root",
            todo="name another: cradle export --out my_folder",
        )
    old = out.with_name(f".{out.name}.old")
    try:
        tidy_up(out, old)
        _refuse_foreign_files(out)
        _refuse_other_kind(out, to_publish, form)
        with scratch_folder(out.parent, f".{out.name}.", ".new") as new:
            yield new
            new.chmod(0o755)
            swap(new, out, old)
    except OSError as err:
        raise _cannot_write(out, err) from err


def tidy_up(out: Path, old: Path) -> None:
    """After a run that was killed inside the two renames of `swap`."""
    if old.exists() and out.exists():
        shutil.rmtree(old)
    elif old.exists():
        old.rename(out)


def swap(new: Path, out: Path, old: Path) -> None:
    """Put the folder `new` in place of `out`, which stays as it is where that raises OSError."""
    if not out.exists():
        new.rename(out)
        return
    if _exchanged(new, out):  # what was exported before is `new` now, which goes
        return
    out.rename(old)
    try:
        new.rename(out)
    except OSError:
        old.rename(out)
        raise
    shutil.rmtree(old)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the two could be exchanged in one step, so that no moment is without an export: on Linux."""
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    return renameat2 is not None and (
        renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0
    )


def _refuse_foreign_files(out: Path) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        raise ExportError(
            "the export needs a folder",
            where=str(out),
            expected="a folder or a new name",
            got="a file",
            todo="name another: cradle export --out my_folder",
        )
    foreign = sorted({entry.name for entry in out.iterdir()} - _written_before(out))
    if foreign:
        raise ExportError(
            "the export replaces its folder as a whole, and this one holds other files",
            where=str(out),
            expected="an earlier export, an empty folder or a new name",
            got=listed(foreign, 5),
            todo="name another folder, or move these files away",
        )


def _refuse_other_kind(out: Path, to_publish: bool, form: str) -> None:
    if not (out / DESCRIPTOR).is_file():
        return
    package = json.loads((out / DESCRIPTOR).read_text(encoding="utf-8"))
    formats = sorted({resource.get("format", form) for resource in package["resources"]} - {form})
    if formats:
        raise ExportError(
            "the folder holds an export in another format",
            where=str(out),
            expected=f"an export in {form}, an empty folder or a new name",
            got=", ".join(formats),
            todo="name another folder with --out, or move this one away",
        )
    kinds = {False: "an export for your own use", True: "an export to publish"}
    there = "attribution" in package
    if there != to_publish:
        raise ExportError(
            "the folder holds an export of the other kind",
            where=str(out),
            expected=f"{kinds[to_publish]}, an empty folder or a new name",
            got=kinds[there],
            todo="name another folder with --out, or move this one away",
        )


def _written_before(out: Path) -> set[str]:
    try:
        package = json.loads((out / DESCRIPTOR).read_text(encoding="utf-8"))
        pages = [package["attribution"]] if "attribution" in package else []
        return {DESCRIPTOR, *pages, *(resource["path"] for resource in package["resources"])}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return set()


def _cannot_write(out: Path, err: OSError) -> ExportError:
    return ExportError(
        "the export could not be written; an earlier one is untouched",
        where=str(out),
        got=str(err),
        todo="check that the folder can be written and that the disk has room",
    )
