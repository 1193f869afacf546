"""The archive of the repository to two tables of text under our names. Nothing is judged, merged or converted here."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import ParseError
from ingest.archive_members import Limits, read_members
from ingest.csv_rows import rows_of
from ingest.power_hungry.columns import PHASES, RUNS

if TYPE_CHECKING:
    import polars as pl

# the archives of GitHub put all into a folder named after the repository and the commit
LOG = re.compile(r"(?:[^/]+/)?data/emissions/(base|complete)/([^/]+)\.csv")
# the repository at the pinned commit has 6,569 logs of at most 45 kB, and some dozens of other files
LIMITS = Limits(entries=50_000, file_bytes=4 << 20, all_bytes=1 << 28)
COLUMNS = {"base": PHASES, "complete": RUNS}


def parse(path: Path) -> dict[str, "pl.DataFrame"]:
    """Return {"run_phases": one row a phase of a run, "task_runs": one row a run of a task}; raise ParseError.

    Cells are text beside row_number, which counts the rows of all files in the order of the files' names.
    """
    path = Path(path)
    logs: dict[str, dict[str, bytes]] = {"base": {}, "complete": {}}
    for name, content in read_members(path, lambda name: LOG.fullmatch(name) is not None, LIMITS):
        folder, stem = LOG.fullmatch(name).groups()
        if stem in logs[folder]:
            raise ParseError(
                "A log is there twice",
                where=f"{path.name}, '{name}'",
                expected="one repository in the archive",
                got=f"data/emissions/{folder}/{stem}.csv in two folders",
                todo="pack one copy of the repository",
            )
        logs[folder][stem] = content
    for folder, files in logs.items():
        if not files:
            raise ParseError(
                "The archive does not hold the logs",
                where=path.name,
                expected="data/emissions/base/*.csv and data/emissions/complete/*.csv",
                got=f"no file in data/emissions/{folder}",
                todo="take the source archive of the repository, with its folder data",
            )
    return {
        "run_phases": _table(logs["base"], "base", path.name),
        "task_runs": _table(logs["complete"], "complete", path.name),
    }


def _table(files: dict[str, bytes], folder: str, archive: str) -> "pl.DataFrame":
    import polars as pl

    taken = {theirs: ours for theirs, ours in COLUMNS[folder].items() if ours}
    names = [*(["dataset_file"] if folder == "complete" else []), *taken.values()]
    cells: list[list[str | None]] = []
    for stem in sorted(files):
        for row in _rows(files[stem], COLUMNS[folder], f"{archive}, data/emissions/{folder}/{stem}.csv"):
            kept = [row[theirs] or None for theirs in taken]
            cells.append([stem, *kept] if folder == "complete" else kept)
    frame = pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")
    return frame.with_columns(row_number=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))


def _rows(content: bytes, columns: dict[str, str | None], where: str) -> list[dict[str, str]]:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ParseError(
            "The log is not UTF-8",
            where=f"{where}, byte {error.start}",
            expected="UTF-8",
            got=f"byte 0x{content[error.start]:02x}",
            todo="take the archive as it was published",
        ) from error
    header, *rows = rows_of(text, where)
    if sorted(header) != sorted(columns):
        missing, unknown = [c for c in columns if c not in header], [c for c in header if c not in columns]
        twice = sorted({c for c in header if header.count(c) > 1})
        raise ParseError(
            "The log does not have the columns of CodeCarbon 2.3",
            where=where,
            expected=f"missing columns: {', '.join(missing) or 'none'}",
            got=f"unknown columns: {', '.join(c[:40] for c in unknown) or 'none'}; twice: {', '.join(twice) or 'none'}",
            todo="take the archive as it was published: this source reads the runs of one publication",
        )
    return [dict(zip(header, row, strict=True)) for row in rows]
