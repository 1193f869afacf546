"""One export under way: what its format writes, and where to."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from exports.licences import OPEN
from exports.part import HeldBack, Part
from exports.sources import Source

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Job:
    """The parts to write into `folder`, read from `con`; a format adds to `notes` what it had to do differently."""

    con: "duckdb.DuckDBPyConnection"
    parts: list[Part]
    held_back: list[HeldBack]
    folder: Path
    scenarios: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)

    def packs(self) -> dict[str, list[Part]]:
        """The parts by licence pack: a format that joins tables in one file writes a file a pack."""
        found: dict[str, list[Part]] = {}
        for part in self.parts:
            found.setdefault(pack_of(part), []).append(part)
        return found


def pack_of(part: Part) -> str:
    """`open`, or the share-alike pack in the name of the part."""
    return part.name.removeprefix(part.table.name).removeprefix(".") or OPEN


def file_name(stem: str, pack: str, ending: str) -> str:
    """The name of a file that holds one pack: the pack stands in it unless it is the open one."""
    return f"{stem}.{ending}" if pack == OPEN else f"{stem}.{pack}.{ending}"


def sources_of_parts(parts: list[Part]) -> list[Source]:
    """The sources behind all these parts, each once, by their id."""
    found = {source.source_id: source for part in parts for source in part.sources}
    return [found[source_id] for source_id in sorted(found)]


def licences_of_parts(parts: list[Part]) -> list[str]:
    """The licences in the licence sets of all these parts."""
    return sorted({licence for part in parts for licence in part.licence_set})
