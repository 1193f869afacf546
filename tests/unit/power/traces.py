"""Write invented trace files, read them as a format, and give the tables of the reading as plain rows."""

from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import duckdb

from cradle.paths import PROJECT_ROOT
from ingest.power.channels import make_tables
from ingest.power.reading import TABLES, TraceFile

SHARED = PROJECT_ROOT.parent / "shared/power"
HEAD_BYTES = 1 << 16


@dataclass
class Traces:
    """The tables of a reading: name -> rows, ordered by all columns that identify them."""

    tables: dict[str, list[dict]]
    notes: list[str]

    def __getitem__(self, table: str) -> list[dict]:
        return self.tables[table]

    def column(self, table: str, name: str) -> list:
        return [row[name] for row in self.tables[table]]


def write(folder: Path, files: dict[str, str | bytes]) -> list[Path]:
    """Write the files and return their paths."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return [folder / name for name in files]


def read(module: ModuleType, paths: list[Path]) -> Traces:
    """Read those of the files that are of the format, each with its companions."""
    found = [path for path in paths if module.sniff(path.read_bytes()[:HEAD_BYTES], path)]
    return read_all(module, found)


def read_all(module: ModuleType, paths: list[Path]) -> Traces:
    """Read the files as the format, whatever they are; each table must have exactly the columns of the interface."""
    con = duckdb.connect()
    make_tables(con)  # as the lander does: a format that reads a variable by such a name reads an empty table
    files = [
        TraceFile(index, path, path.name, "0" * 64, tuple(module.companions(path))) for index, path in enumerate(paths)
    ]
    reading, tables = module.read(con, files), {}
    for name, columns in TABLES.items():
        found = reading.tables.get(name)
        if found is None:
            tables[name] = []
            continue
        con.execute("create or replace temp table given as select * from found")
        shape = {row[0]: row[1].lower() for row in con.execute("describe given").fetchall()}
        assert shape == columns, name
        order = [c for c in ("file_index", "channel_index", "row_number", "window_name", "work_unit") if c in columns]
        cursor = con.execute(f"select * from given order by {', '.join(order)}")
        tables[name] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return Traces(tables, reading.notes)


def lines_of(text: str) -> int:
    """The number of lines that are not blank."""
    return sum(1 for line in text.split("\n") if line.strip())
