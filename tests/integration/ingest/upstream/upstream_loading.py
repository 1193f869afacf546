"""Land all of ../shared/upstream through a server on this machine, and tell what the contracts find in it."""

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

import duckdb
from contract_runs import checked, found_in
from file_server import bodies_for, serving
from upstream_expected import DECLARATIONS, SUPPLIED

from cradle.cli import main
from cradle.paths import PROJECT_ROOT
from ingest.sidecar import Sidecar, discover, find

UPSTREAM = PROJECT_ROOT.parent / "shared" / "upstream"
HERE = Path(__file__).parent


@dataclass
class Upstream:
    """The files of the folder by their hashes."""

    files: dict[str, list[Path]]

    def content(self, sha256: str) -> bytes | None:
        """The bytes with this hash, or None."""
        return self.files[sha256][0].read_bytes() if sha256 in self.files else None

    def supplied(self, sidecar: Sidecar, named: list[str] | str) -> list[Path]:
        """The files that the user supplies for a source, by their paths or as those of a release."""
        if isinstance(named, str):
            return [self.files[d.sha256][0] for d in sidecar.download if (d.release_id or sidecar.version) == named]
        return [UPSTREAM / name for name in named]


def read_upstream() -> Upstream:
    """All files of the folder."""
    files: dict[str, list[Path]] = {}
    for file in sorted(UPSTREAM.rglob("*")):
        if file.is_file():
            files.setdefault(hashlib.sha256(file.read_bytes()).hexdigest(), []).append(file)
    return Upstream(files)


def pull_everything(upstream: Upstream) -> int:
    """`cradle pull --all` from a server that has what the folder has; returns the exit code."""
    with serving(bodies_for(discover(), upstream.content)) as url:
        return main(["pull", "--all", "--mirror", url])


def take_supplied(upstream: Upstream) -> list[int]:
    """`cradle pull SOURCE --file` for what the user supplies; returns the exit codes."""
    codes = []
    for source_id, named, options in SUPPLIED:
        (sidecar,) = find([source_id], discover())
        files = [part for file in upstream.supplied(sidecar, named) for part in ("--file", str(file))]
        codes.append(main(["pull", source_id, *files, *options]))
    return codes


def landed_rows(landing: Path) -> list[list[str]]:
    """Source, entity and rows of each landed table."""
    with duckdb.connect(str(landing), read_only=True) as con:
        there = {table for (table,) in con.sql("select table_name from duckdb_tables()").fetchall()}
        return [
            [sidecar.source_id, entity, str(len(con.sql(f'from raw."{sidecar.table(entity)}"').fetchall()))]
            for sidecar in discover()
            for entity in sidecar.entities
            if sidecar.table(entity) in there - DECLARATIONS
        ]


def findings(landing: Path, source_id: str) -> list[list[str]]:
    """Source, entity, file, severity, rule, how many and which rows, of each finding of the contracts of a source."""
    found = []
    with duckdb.connect(str(landing), read_only=True) as con:
        (sidecar,) = (sidecar for sidecar in discover() if sidecar.source_id == source_id)
        for entity in sidecar.entities:
            if sidecar.table(entity) in DECLARATIONS:
                continue
            rows = checked(con, sidecar.table(entity))
            assert rows.height == len(con.sql(f'from raw."{sidecar.table(entity)}"').fetchall()), "rows in = rows out"
            found += [
                [source_id, entity, sha256[:8], severity, rule, str(len(numbers)), as_ranges(numbers)]
                for (sha256, severity, rule), numbers in sorted(found_in(rows).items())
            ]
    return found


def as_ranges(numbers: list[int]) -> str:
    """Row numbers as `1-3 7`; a number that stands twice (two cells of a row) is said so: `7x2`."""
    parts: list[list[int]] = []
    times = {number: numbers.count(number) for number in numbers}
    for number in sorted(times):
        if parts and times[number] == 1 and parts[-1][1] == number - 1 and parts[-1][2] == 1:
            parts[-1][1] = number
        else:
            parts.append([number, number, times[number]])
    return " ".join(
        (f"{first}-{last}" if last > first else str(first)) + (f"x{count}" if count > 1 else "")
        for first, last, count in parts
    )


def expected(name: str) -> list[list[str]]:
    """The rows of rows.csv or findings.csv, without the header."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]
