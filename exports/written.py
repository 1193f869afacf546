"""What an export wrote."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from exports.part import Part
from exports.sources import Source
from exports.tables import Table


@dataclass(frozen=True)
class Written:
    """One exported file: its table and the part of it, where it lies, what it holds and whose data they are.

    A file that joins several tables has a table without columns, which says what the file is.
    """

    table: Table
    name: str
    path: Path
    rows: int
    bytes: int
    sha256: str
    sources: list[Source]
    licence_set: list[str]
    format: str = "parquet"

    @classmethod
    def of(cls, path: Path, form: str, rows: int, part: Part) -> "Written":
        """The record of a file that lies at `path`."""
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        size = path.stat().st_size
        return cls(part.table, part.name, path, rows, size, sha256, part.sources, part.licence_set, form)
