"""Temporary folders that outlive their process only until the next one: a killed process cannot clean up."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scratch_folder(parent: Path, prefix: str, suffix: str = "") -> Iterator[Path]:
    """A fresh folder in `parent`, removed when the block ends.

    Folders of that prefix and suffix whose process is gone are removed first. Raises OSError.
    """
    parent.mkdir(parents=True, exist_ok=True)
    with _locked(parent):  # else another process could take a folder for a dead one's between its making and its lock
        _sweep(parent, prefix, suffix)
        folder = Path(tempfile.mkdtemp(dir=parent, prefix=prefix, suffix=suffix))
        handle = _lock(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


@contextmanager
def left_behind(folder: Path) -> Iterator[bool]:
    """Whether a folder that `scratch_folder` made, and that was renamed since, is there and its process gone.

    Where it is, no other process can have it while the block runs.
    """
    try:
        handle = _lock(folder, fcntl.LOCK_NB)
    except OSError:
        yield False
        return
    try:
        yield True
    finally:
        os.close(handle)


def _sweep(parent: Path, prefix: str, suffix: str) -> None:
    for folder in parent.iterdir():
        if not (folder.name.startswith(prefix) and folder.name.endswith(suffix) and folder.is_dir()):
            continue
        try:
            handle = _lock(folder, fcntl.LOCK_NB)
        except OSError:  # its process lives, or it is gone by now
            continue
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    handle = _lock(folder)
    try:
        yield
    finally:
        os.close(handle)


def _lock(folder: Path, more: int = 0) -> int:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | more)  # the system frees it when the process ends, however it ends
    except OSError:
        os.close(handle)
        raise
    return handle
