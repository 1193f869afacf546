"""When each benchmark of an experiment ran, where the lists that two tools of Grid'5000 write lie beside a trace.

`experiments.json` of compare-software-power-meters (local times, as in the traces) and `experiment_table.csv` of
energy-consumption-of-gpu-benchmarks (seconds since 1970). A window is of a trace only where the trace has samples about
it.
"""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.power.formats.record_series import epoch_us
from ingest.power.reading import Reading, TraceFile

if TYPE_CHECKING:
    import duckdb

LIST, TABLE = "experiments.json", "experiment_table.csv"
_BYTES_MAX = 32 << 20
_CELL_MAX = 1 << 24  # the table holds whole arrays in cells
_FIRST = ("gpu_0", "cpu_0")  # the process that the tool runs on; the others begin some seconds before or after


def companions_of(path: Path) -> list[Path]:
    """Return the lists of experiments beside a trace."""
    return [file for file in (path.parent / name for name in (LIST, TABLE)) if file.is_file()]


def add_windows(con: "duckdb.DuckDBPyConnection", files: list[TraceFile], reading: Reading) -> Reading:
    """Put the windows of the experiments into a reading whose samples have times, and return it."""
    known = {path: _windows(path, reading.notes) for path in {path for file in files for path in file.companions}}
    if not any(known.values()):
        return reading
    # a table of the connection goes before a variable of the same name: `samples` may be there
    con.register("samples_just_read", reading.tables["samples"])
    bounds = "select file_index, min(stated_us), max(stated_us) from samples_just_read group by 1"
    spans = {index: span for index, *span in con.execute(bounds).fetchall() if None not in span}
    con.unregister("samples_just_read")
    reading.add(
        "windows",
        [
            {"file_index": file.index, **window, "stated_in": path.name}
            for file in files
            for path in file.companions
            for window in known[path]
            if file.index in spans and _meet(window, *spans[file.index])
        ],
    )
    return reading


def _meet(window: dict, first_us: int, last_us: int) -> bool:
    return window["begin_us"] <= last_us and window["end_us"] >= first_us


def _windows(path: Path, notes: list[str]) -> list[dict]:
    try:
        if path.stat().st_size > _BYTES_MAX:
            raise ValueError("larger than any published one")
        text = path.read_text("utf-8-sig")
        windows = _of_list(json.loads(text)) if path.name == LIST else _of_table(text)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, csv.Error) as error:
        notes.append(f"{path.name} beside the traces is not the list of experiments that it should be: {error}")
        return []
    return [window for window in windows if window["begin_us"] < window["end_us"]]


def _of_list(content: dict) -> list[dict]:
    return [
        {
            "window_name": f"{experiment['name']}/{benchmark['name']}",
            "begin_us": _local_us(benchmark["start_time"]),
            "end_us": _local_us(benchmark["end_time"]),
        }
        for experiment in content["experiments"]
        for benchmark in experiment["benchmarks"]
    ]


def _of_table(text: str) -> list[dict]:
    limit = csv.field_size_limit(_CELL_MAX)
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    finally:
        csv.field_size_limit(limit)
    windows, counts = [], {}
    for row in rows:
        run = row["result_dir"].rstrip("/").rpartition("/")[2]
        number = counts[run] = counts.get(run, -1) + 1
        for process in _FIRST:
            begin_us, end_us = (epoch_us(row.get(f"{process}_{edge}_benchmark")) for edge in ("start", "stop"))
            if begin_us is not None and end_us is not None:
                windows.append({"window_name": f"{run}_{number}", "begin_us": begin_us, "end_us": end_us})
    return windows


def _local_us(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1e6)
