"""MLPerf Tiny energy traces of the EEMBC EnergyRunner: `trace1-energy.bin`, energy per sample at a fixed rate.

A byte 0xF1, the rate in Hz as a 32-bit float, then one 32-bit float a sample, in microjoules, little-endian.
"""

import json
import math
import re
import struct
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.power.reading import Reading, TraceFile

if TYPE_CHECKING:
    import duckdb
    import polars as pl

NAME = "mlperf_tiny"
TITLE = "MLPerf Tiny energy trace (trace1-energy.bin)"
_HEADER = struct.Struct("<Bf")
_VERSION = 0xF1
_RATE_MAX_HZ = 1e7
_TIMESTAMPS = "-timestamps.json"
_STATED = re.compile(r"Energy data for window (\d+) .*\n.*?Energy\s*: *([0-9.]+) uJ")
_INFERENCES = re.compile(r"Performance results for window (\d+):\s*\n.*?# Inferences\s*: *(\d+)")


def sniff(head: bytes, path: Path) -> bool:
    """Return whether the file begins with the version and a rate, both followed by nothing that reads as text."""
    return len(head) >= _HEADER.size and head[0] == _VERSION and _rate(head) is not None and b"\0" in head[:5]


def companions(path: Path) -> list[Path]:
    """Return the times of the windows and the published results beside a trace."""
    names = (path.name.removesuffix("-energy.bin") + _TIMESTAMPS, "results.txt")
    return [file for file in (path.parent / name for name in names) if file.is_file()]


def read(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> Reading:
    """Return the energy of each sample, the windows with the energy published for each, and their inferences."""
    import polars as pl

    reading = Reading()
    channels, windows, work, rejects, samples = [], [], [], [], []
    for file in files:
        with file.path.open("rb") as stream:
            rate = _rate(stream.read(_HEADER.size))
        if rate is None:
            rejects.append(_reject(file, 1, "no header of a version and a rate in Hz"))
            continue
        size = file.path.stat().st_size - _HEADER.size
        if size % 4:
            rejects.append(_reject(file, size // 4 + 1, f"cut: {size % 4} bytes after the last whole sample"))
        samples.append(_samples(file))
        channels.append(_channel(file, rate))
        windows += (found := _windows(file, rate, reading.notes))
        work += _work(file, found)
    if samples:
        reading.tables["samples"] = pl.concat(samples)
    for name, rows in (("channels", channels), ("windows", windows), ("work", work), ("rejects", rejects)):
        reading.add(name, rows)
    return reading


def _rate(head: bytes) -> float | None:
    if len(head) < _HEADER.size:
        return None
    version, rate = _HEADER.unpack(head[: _HEADER.size])
    return rate if version == _VERSION and 0 < rate <= _RATE_MAX_HZ else None


def _samples(file: TraceFile) -> "pl.DataFrame":
    import numpy as np
    import polars as pl

    count = (file.path.stat().st_size - _HEADER.size) // 4
    energy = np.fromfile(file.path, dtype="<f4", offset=_HEADER.size, count=count)
    value = pl.Series("value", energy).cast(pl.Float64)
    frame = pl.DataFrame({"value": value}).with_columns(
        file_index=pl.lit(file.index, pl.Int32),
        channel_index=pl.lit(0, pl.Int32),
        row_number=pl.int_range(1, count + 1, dtype=pl.Int64, eager=True),
        stated_us=pl.lit(None, pl.Int64),
        interval_s=pl.lit(None, pl.Float64),
        fault=pl.when(~value.is_finite()).then(pl.lit("not_a_number")).when(value < 0).then(pl.lit("negative")),
    )
    return frame.select(
        *("file_index", "channel_index", "row_number", "stated_us", "interval_s"),
        pl.when(pl.col("value").is_finite()).then("value").alias("value"),
        "fault",
    )


def _channel(file: TraceFile, rate: float) -> dict:
    return {
        "file_index": file.index,
        "channel_index": 0,
        "channel": "energy",
        "quantity_kind": "delta",
        "unit": "uJ",
        "is_measured": True,
        "instrument": "EEMBC EnergyRunner energy monitor",
        "sample_rate_hz": rate,
        "clock": "none",
        "clock_reason": "the file states a rate and no times",
    }


def _windows(file: TraceFile, rate: float, notes: list[str]) -> list[dict]:
    """The first time is the start of the trace; the others are pairs of begin and end in seconds."""
    times = next((path for path in file.companions if path.name.endswith(_TIMESTAMPS)), None)
    if times is None:
        return []
    try:
        _, *edges = (float(time) for time in json.loads(times.read_text("utf-8")))
        pairs = list(zip(edges[::2], edges[1::2], strict=True))
        if not all(math.isfinite(end) and 0 <= begin < end for begin, end in pairs):
            raise ValueError
    except (ValueError, TypeError, RecursionError):
        notes.append(f"{file.name}: {times.name} is no list of a start and of pairs of seconds")
        return []
    results = _results(file)
    stated = [energy for _, energy in sorted((int(n), float(e)) for n, e in _STATED.findall(results))]
    return [
        {
            "file_index": file.index,
            "window_name": f"window {number}",
            "begin_row": round(begin * rate) + 1,
            "end_row": round(end * rate) + 1,
            "rule": "sum_of_rows",
            **(
                {"stated_value": stated[number - 1], "stated_unit": "uJ", "stated_in": "results.txt"}
                if len(stated) == len(pairs)
                else {}
            ),
        }
        for number, (begin, end) in enumerate(pairs, 1)
    ]


def _work(file: TraceFile, windows: list[dict]) -> list[dict]:
    counts = [count for _, count in sorted((int(n), int(c)) for n, c in _INFERENCES.findall(_results(file)))]
    if len(counts) != len(windows):
        return []
    return [
        {
            "file_index": file.index,
            "window_name": window["window_name"],
            "work_unit": "inference",
            "quantity": float(count),
            "stated_in": "results.txt",
        }
        for window, count in zip(windows, counts, strict=True)
    ]


def _results(file: TraceFile) -> str:
    path = next((path for path in file.companions if path.name == "results.txt"), None)
    return path.read_text("utf-8", "replace")[:1_000_000] if path else ""


def _reject(file: TraceFile, row_number: int, reason: str) -> dict:
    return {"file_index": file.index, "row_number": row_number, "reason": reason}
