"""Exports that are kept by name, so that a later one can be compared with them."""

import datetime
import errno
import json
import os
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

from cradle.console import say
from cradle.errors import ExportError
from cradle.scratch import scratch_folder
from exports.folder import DESCRIPTOR

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
COLUMNS = ["name", "date", "version", "commit", "kind", "files", "rows"]


def keep_export(
    db: Path,
    folder: Path,
    name: str,
    date: str | None = None,
    commit: str | None = None,
    without_packs: Collection[str] = (),
    *,
    publish: bool = False,
) -> Path:
    """Write the warehouse to `folder`/`name` as an export that nothing replaces; returns where it lies.

    Day and commit are what the caller says: with the same of both the same warehouse gives the same bytes. Raises
    ExportError for a name that is no plain one or is taken, a date that is none, and as the export itself does.
    """
    from exports.parquet import publish_parquet, write_parquet

    out = folder / _plain(name)
    check_date(date)
    if commit is not None and not commit.isprintable():
        raise ExportError(
            "a commit is one line of text",
            where="--commit",
            got=repr(commit),
            todo='give it as in --commit "$(git rev-parse HEAD)"',
        )
    if os.path.lexists(out):
        raise _taken(out)
    about = {"name": name, "date": date, "commit": commit}
    # another process may keep one of this name at the same time: each writes aside, and whoever renames first has it
    try:
        with scratch_folder(folder, f".{name}.", ".kept") as aside:
            whole = aside / "whole" / name  # the export locks the folder that it writes beside, and aside is locked
            if publish:
                written, _ = publish_parquet(db, whole, without_packs, about)
            else:
                written = write_parquet(db, whole, about)
            whole.rename(out)
    except FileExistsError as err:
        if err.filename == str(folder):
            raise _no_folder(folder) from None
        raise _taken(out) from None
    except OSError as err:
        if err.errno in (errno.ENOTEMPTY, errno.ENOTDIR) and os.path.lexists(out):
            raise _taken(out) from None
        raise ExportError(
            "the export could not be kept",
            where=str(out),
            got=str(err),
            todo="check that the folder can be written and that the disk has room",
        ) from err
    say(f"{out}: {len(written)} files, {sum(file.rows for file in written):,} rows, kept as {name}")
    return out


def _no_folder(folder: Path) -> ExportError:
    return ExportError(
        "the kept exports need a folder",
        where=str(folder),
        got="a file, or a link that leads nowhere",
        todo="name a folder in CRADLE_KEPT, or unset it",
    )


def _taken(out: Path) -> ExportError:
    return ExportError(
        "an export of this name is kept already, and it is never replaced",
        where=str(out),
        expected="a new name",
        got=out.name,
        todo="choose another name, or move the old one away; `cradle kept` lists them",
    )


def list_kept(folder: Path) -> list[list[str]]:
    """A row of COLUMNS for each kept export, by name; one whose descriptor cannot be read says so.

    Empty where nothing was kept yet; raises ExportError where the folder is a file.
    """
    if not os.path.lexists(folder):
        return []
    if not folder.is_dir():
        raise _no_folder(folder)
    found = [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")]
    return [_described(path) for path in sorted(found)]


def check_date(date: str | None) -> None:
    """Raises ExportError unless it is a day as YYYY-MM-DD, or none."""
    try:
        if date is not None and datetime.date.fromisoformat(date).isoformat() != date:
            raise ValueError
    except ValueError:
        raise ExportError(
            "this is no day",
            where="--date",
            expected="YYYY-MM-DD",
            got=date or "nothing",
            todo="give it as in --date 2026-09-30",
        ) from None


def _plain(name: str) -> str:
    if NAME.fullmatch(name) is None:
        raise ExportError(
            "this cannot be the name of a kept export",
            where="--keep",
            expected="letters, digits, '.', '_' and '-', beginning with a letter or digit, 64 at most",
            got=name,
            todo="choose another name, such as 2026-q3",
        )
    return name


def _described(path: Path) -> list[str]:
    try:
        package: dict[str, Any] = json.loads((path / DESCRIPTOR).read_text(encoding="utf-8"))
        about = package.get("kept", {})
        files = package["resources"]
        kind = "to publish" if "attribution" in package else "own use"
        rows = sum(file["rows"] for file in files)
        return [
            path.name,
            about.get("date", ""),
            package["version"],
            about.get("commit", ""),
            kind,
            str(len(files)),
            f"{rows:,}",
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return [path.name, "", "", "", f"no export: its {DESCRIPTOR} cannot be read", "", ""]
