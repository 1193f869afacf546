"""carbontracker logs: mean watts of each component over an epoch, and beside it the consumption that it printed.

The printed consumption is multiplied by a PUE, which the log of epochs names; the watts are not. An array of watts may
run over two lines.
"""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.power.formats.json_records import text_of
from ingest.power.formats.record_series import RecordSeries
from ingest.power.formats.series_table import facts
from ingest.power.formats.text_entries import entries
from ingest.power.reading import Reading, TraceFile

if TYPE_CHECKING:
    import duckdb

NAME = "carbontracker"
TITLE = "carbontracker log"
_ENTRY = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) - ", re.MULTILINE)
_MARKS = (b" - carbontracker version", b" - CarbonTracker: ", b" - Only predicted and actual consumptions")
_POWER = re.compile(r"Average power usage \(W\) for (\w+): (?:\[([^\]]*)\]|(None|nan))")
_DURATION = re.compile(r"Duration: (?:(\d+) days?, )?(\d+):(\d\d):(\d\d(?:\.\d+)?)")
_PUE = re.compile(r"PUE coefficient of ([0-9.]+)")
_ACTUAL = re.compile(
    r"Actual consumption for (\d+) epoch\(s\):\s+Time:\s+(\d+):(\d\d):(\d\d(?:\.\d+)?)\s+Energy:\s+([0-9.]+) kWh"
    r"(?:\s+CO2eq:\s+([0-9.]+) g)?"
)
_COMPONENTS = {"gpu": "gpu", "cpu": "cpu", "dram": "ram"}
_INSTRUMENTS = {"gpu": "NVML", "cpu": "RAPL"}
_LOG, _OUTPUT = "_carbontracker.log", "_carbontracker_output.log"


def sniff(head: bytes, path: Path) -> bool:
    """Return whether the entries are those of carbontracker: of its log of epochs or of what it printed."""
    return bool(_ENTRY.match(head[:30].decode("utf-8-sig", "replace"))) and any(mark in head for mark in _MARKS)


def companions(path: Path) -> list[Path]:
    """Return the log of epochs of a log of what was printed: it names the PUE."""
    other = path.with_name(path.name.removesuffix(_OUTPUT) + _LOG)
    return [other] if path.name.endswith(_OUTPUT) and other.is_file() else []


def read(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> Reading:
    """Return the mean power of each device over each epoch, and a run total for each actual consumption printed."""
    series, totals, reading = RecordSeries(), [], Reading()
    for file in files:
        text = text_of(file)
        others = [text_of(file, path) for path in file.companions]
        pue = next((found[1] for known in (text, *others) for found in _PUE.finditer(known)), None)
        epoch_s, count = None, 0
        for line, entry in entries(text, _ENTRY):
            count += 1
            duration = _DURATION.search(entry)
            epoch_s = _seconds(duration) if duration else epoch_s
            if "Average power usage" in entry:
                _add_powers(file, line, entry, epoch_s, series)
            if actual := _ACTUAL.search(entry):
                totals.append(_total(file, line, _time(entry), actual, pue))
        if not count and text.strip():
            series.reject(file, 1, text, "no entry of carbontracker")
    reading.add("run_totals", totals)
    return series.put_into(reading)


def _add_powers(file: TraceFile, line: int, entry: str, epoch_s: float | None, series: RecordSeries) -> None:
    found = _POWER.search(entry)
    if not found or epoch_s is None or _time(entry) is None:
        series.reject(file, line, entry, "no power with its time and duration: cut, or of another form")
        return
    for number, watts in enumerate((found[2] or found[3]).split()):
        channel = {
            "device_id": f"{found[1]} {number}",
            "channel": found[1],
            "component": _COMPONENTS.get(found[1]),
            "boundary": "card" if found[1] == "gpu" else "chip",
            "quantity_kind": "interval_mean",
            "unit": "W",
            "is_measured": True,
            "instrument": f"{_INSTRUMENTS.get(found[1], '')} through carbontracker".strip(),
            "clock": "local",
        }
        series.add(file, line, channel, watts, _time(entry), epoch_s)


def _total(file: TraceFile, line: int, ended_us: int, actual: re.Match, pue: str | None) -> dict:
    seconds = int(actual[2]) * 3600 + int(actual[3]) * 60 + float(actual[4])
    return {
        "file_index": file.index,
        "row_number": line,
        "ended_us": str(ended_us),
        "clock": "local",
        "duration_s": f"{seconds:g}",
        "energy_kwh": actual[5],
        "emissions_kgco2e": f"{float(actual[6]) / 1000:.9g}" if actual[6] else None,
        "pue": pue,
        "instrument": "carbontracker",
        "facts": facts(epochs=actual[1], energy_includes_pue=True),
    }


def _seconds(found: re.Match) -> float:
    return int(found[1] or 0) * 86400 + int(found[2]) * 3600 + int(found[3]) * 60 + float(found[4])


def _time(entry: str) -> int | None:
    try:
        return round(datetime.fromisoformat(entry[:19]).replace(tzinfo=UTC).timestamp() * 1e6)
    except ValueError:  # digits that are no date
        return None
