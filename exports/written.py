"""What an export wrote."""

from dataclasses import dataclass
from pathlib import Path

from exports.sources import Source
from exports.tables import Table


@dataclass(frozen=True)
class Written:
    """One exported file: its table and the part of it, where it lies, what it holds and whose data they are."""

    table: Table
    name: str
    path: Path
    rows: int
    bytes: int
    sha256: str
    sources: list[Source]
    licence_set: list[str]
