"""CodeCarbon `emissions.csv` of every generation from 2.0 on: one row a run (or a task), columns found by name.

Its times are the end of a run, without a zone. Its *_power columns are last samples and are kept as facts only. Columns
that Cradle does not know are left where they are: a user's own may hold prompts and answers. Nor are longitude and
latitude taken.
"""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from cradle.errors import ParseError
from ingest.power.formats.series_table import cells_of, lines_of_head
from ingest.power.reading import Reading, TraceFile

if TYPE_CHECKING:
    import duckdb

NAME = "codecarbon"
TITLE = "CodeCarbon emissions.csv"
NEEDED = frozenset({"timestamp", "project_name", "run_id", "duration", "emissions", "energy_consumed"})
COLUMNS = {
    "run_id": "run_id",
    "task": "task_name",
    "project": "project_name",
    "duration_s": "duration",
    "cpu_energy_kwh": "cpu_energy",
    "gpu_energy_kwh": "gpu_energy",
    "ram_energy_kwh": "ram_energy",
    "energy_kwh": "energy_consumed",
    "emissions_kgco2e": "emissions",
    "pue": "pue",
}
FACTS = (
    *("experiment_id", "experiment_name", "emissions_rate", "cpu_power", "gpu_power", "ram_power"),
    *("country_name", "country_iso_code", "region", "cloud_provider", "cloud_region", "os", "python_version"),
    *("codecarbon_version", "cpu_count", "cpu_model", "gpu_count", "gpu_model", "ram_total_size", "tracking_mode"),
    *("on_cloud", "water_consumed", "wue", "cpu_utilization_percent", "gpu_utilization_percent"),
    *("ram_utilization_percent", "ram_used_gb"),
)
_LINE_MAX = 1 << 22
# a supplement repeats the rows of emissions.csv and adds what was asked and answered
TOKENS = {"prompt_token_number": "input_token", "result_number_token": "output_token"}


def sniff(head: bytes, path: Path) -> bool:
    """Return whether the header has the columns of CodeCarbon and none of a supplement."""
    names = set(_names(head))
    return names >= NEEDED and not names & set(TOKENS)


def is_supplement(head: bytes) -> bool:
    """Return whether the file is one that repeats CodeCarbon's rows with the tokens of each."""
    names = set(_names(head))
    return names >= NEEDED and bool(names & set(TOKENS))


def companions(path: Path) -> list[Path]:
    """Return the supplement beside a file."""
    names = ("codecarbon_suppl_info.csv", f"{path.stem}_suppl_info.csv")  # no search: a folder may hold thousands
    return [file for file in (path.parent / name for name in names) if file.is_file() and file != path]


def read(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> Reading:
    """Return a run total for each row, as written, and the tokens that a supplement states for a run."""
    totals, work, rejects = [], [], []
    for file in files:
        for row_number, row in _rows(file, file.path, rejects):
            totals.append(_total(file, row_number, row))
            work += _work(file, row, file.path)
        for supplement in file.companions:
            for _, row in _rows(file, supplement, []):
                work += _work(file, row, supplement)
    reading = Reading()
    for name, rows in (("run_totals", totals), ("work", work), ("rejects", rejects)):
        reading.add(name, rows)
    return reading


def _names(head: bytes) -> list[str]:
    return cells_of(lines_of_head(head)[0])


def _rows(file: TraceFile, path: Path, rejects: list[dict]) -> Iterator[tuple[int, dict[str, str]]]:
    header, number = None, 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(_lines(stream, file))
            for row in reader:
                first_line, number = number, reader.line_num + 1
                if not any(cell.strip() for cell in row) or row == header:
                    continue
                if header is None:
                    header = row
                elif len(row) != len(header):
                    reason = f"has {len(row)} cells in place of {len(header)}"
                    rejects.append(_reject(file, first_line, ",".join(row), reason))
                else:
                    yield first_line, dict(zip(header, row, strict=True))
    except csv.Error as error:
        raise _refused(file, path, f"line {number}: {error}") from None
    except UnicodeDecodeError as error:
        raise _refused(file, path, f"byte 0x{error.object[error.start]:02x} is not UTF-8") from None


def _lines(stream: TextIO, file: TraceFile) -> Iterator[str]:
    """The lines of a file; one without an end does not fill the memory."""
    while line := stream.readline(_LINE_MAX):
        if len(line) >= _LINE_MAX:
            raise _refused(file, file.path, f"a line of more than {_LINE_MAX:,} characters")
        yield line


def _refused(file: TraceFile, path: Path, got: str) -> ParseError:
    return ParseError(
        "The file cannot be read as a CSV",
        where=file.name if path == file.path else path.name,
        expected="text in UTF-8 as CodeCarbon writes it",
        got=got,
        todo="take the file as CodeCarbon wrote it",
    )


def _total(file: TraceFile, row_number: int, row: dict[str, str]) -> dict:
    ended_us, clock = _end(row.get("timestamp", ""))
    told = {ours: row.get(theirs) or None for ours, theirs in COLUMNS.items()}
    version = row.get("codecarbon_version")
    facts = {name: row[name] for name in ("run_id", *FACTS) if row.get(name)}
    return {
        **told,
        "file_index": file.index,
        "row_number": row_number,
        "ended_us": ended_us,
        "clock": clock,
        "gpu_is_measured": True if told["gpu_energy_kwh"] and row.get("gpu_count") else None,
        "ram_is_measured": False if told["ram_energy_kwh"] else None,  # a model of the size in every version
        "instrument": f"CodeCarbon {version}" if version else "CodeCarbon",
        "facts": json.dumps(facts, sort_keys=True) if facts else None,
    }


def _end(text: str) -> tuple[str | None, str]:
    try:
        ended = datetime.fromisoformat(text)
    except ValueError:
        return text.strip() or None, "none"
    clock = "local" if ended.tzinfo is None else "offset"
    ended = ended.replace(tzinfo=UTC) if ended.tzinfo is None else ended
    return str(round(ended.timestamp() * 1e6)), clock


def _work(file: TraceFile, row: dict[str, str], path: Path) -> list[dict]:
    return [
        {
            "file_index": file.index,
            "run_id": row.get("run_id"),
            "work_unit": unit,
            "quantity": float(row[name]),
            "stated_in": path.name,
        }
        for name, unit in TOKENS.items()
        if row.get(name, "").isdigit()
    ]


def _reject(file: TraceFile, row_number: int, line: str, reason: str) -> dict:
    return {"file_index": file.index, "row_number": row_number, "line": line[:500], "reason": reason}
