"""macOS `powermetrics`: text blocks of milliwatts, each the mean over the elapsed milliseconds that its head states.

A block that is named a summary holds the whole run again: it is no sample. The chip is all that is seen: no display, no
supply. `GPU Power` stands twice in a block; it is read once.
"""

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.power.formats.json_records import text_of
from ingest.power.formats.record_series import RecordSeries
from ingest.power.formats.text_entries import entries
from ingest.power.reading import Reading, TraceFile

if TYPE_CHECKING:
    import duckdb

NAME = "powermetrics"
TITLE = "macOS powermetrics log"
_HEAD = re.compile(r"\*\*\* (Sampled|Summary) system activity \(([^)]*)\) \(([0-9.]+)ms elapsed\) \*\*\*")
_BLOCK = re.compile(r"^\*\*\* S", re.MULTILINE)
_POWER = re.compile(r"^(CPU|GPU|ANE|DRAM|Package|Combined) Power(?: \([^)]*\))?: ([^\s]+) mW", re.MULTILINE)
_COMPONENTS = {"CPU": "cpu", "GPU": "gpu", "DRAM": "ram", "ANE": "other", "Package": "node", "Combined": "node"}


def sniff(head: bytes, path: Path) -> bool:
    """Return whether the file has the head of a block within its first kilobytes."""
    return bool(_HEAD.search(head[:8192].decode("utf-8", "replace")))


def companions(path: Path) -> list[Path]:
    """Return none."""
    return []


def read(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> Reading:
    """Return the powers of each block, and the summary as a note of what it says."""
    series, reading = RecordSeries(), Reading()
    for file in files:
        _read_file(file, series, reading)
    return series.put_into(reading)


def _read_file(file: TraceFile, series: RecordSeries, reading: Reading) -> None:
    text, count = text_of(file), 0
    for line, block in entries(text, _BLOCK):
        count += 1
        _read_block(file, line, block, series, reading)
    if not count and text.strip():
        series.reject(file, 1, text, "no block of powermetrics")


def _read_block(file: TraceFile, line: int, block: str, series: RecordSeries, reading: Reading) -> None:
    head = _HEAD.match(block)
    powers = dict(reversed(_POWER.findall(block)))
    stated_us = _time(head[2]) if head else None
    if head and head[1] == "Summary":
        reading.notes.append(f"{file.name}, line {line}: the summary of {float(head[3]) / 1000:.0f} s is no sample")
        return
    if stated_us is None or not powers:
        series.reject(file, line, block, "no block with a time and powers: cut, or of another form")
        return
    holder = next((name for name in ("Package", "Combined") if name in powers), None)
    for name, number in powers.items():
        channel = {
            "channel": f"{name} Power",
            "component": _COMPONENTS[name],
            "boundary": "chip",
            "quantity_kind": "interval_mean",
            "unit": "mW",
            "is_measured": False,  # Apple calls them estimates
            "is_part_of_channel": f"{holder} Power" if holder and name not in (holder, "DRAM") else None,
            "instrument": "powermetrics",
            "clock": "offset",
        }
        series.add(file, line, channel, number, stated_us, float(head[3]) / 1000)


def _time(text: str) -> int | None:
    try:
        return round(datetime.strptime(text, "%a %b %d %H:%M:%S %Y %z").timestamp() * 1e6)
    except ValueError:
        return None
