"""Replace the files of the bundle so that a writer that is killed leaves the old bundle or one that can be finished."""

import json
import os
import shutil
from pathlib import Path

from cradle.scratch import left_behind, scratch_folder

READY = ".ready"
PACKS = ("open", "odbl", "by-sa")


def write_bundle(folder: Path, files: dict[str, bytes]) -> None:
    """Put these files into the bundle's folder, `manifest.json` among them, and remove what it does not name.

    All is written aside first; from the rename to READY on, `finish_writing` completes it. Raises OSError.
    """
    with scratch_folder(folder, ".writing-") as fresh:
        for name, content in files.items():
            file = fresh / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        fresh.rename(folder / READY)
        _put_in_place(folder)


def finish_writing(folder: Path) -> None:
    """Complete what a killed writer had ready; nothing where there is none, or where its writer is at it."""
    with left_behind(folder / READY) as ready:
        if ready:
            _put_in_place(folder)


def _put_in_place(folder: Path) -> None:
    ready = folder / READY
    files = [file for file in ready.rglob("*") if file.is_file()]
    for file in sorted(files, key=lambda file: file.name == "manifest.json"):  # it last: it tells of the others
        place = folder / file.relative_to(ready)
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(file, place)  # noqa: PTH105
    tables = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["tables"]
    # what is left over is of a source that moved to another pack, or went
    wanted = {table["file"] for table in tables} | {f"{table['pack']}/LICENCE.md" for table in tables}
    for file in [found for pack in PACKS for found in (folder / pack).glob("*")]:
        is_ours = file.name == "LICENCE.md" or (file.suffix == ".csv" and "__" in file.stem)
        if is_ours and file.relative_to(folder).as_posix() not in wanted:
            file.unlink()
    shutil.rmtree(ready)
