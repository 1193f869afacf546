"""experiment-impact-tracker `data.json`: one JSON object a line with the watts of RAPL and of the cards at a time."""

from pathlib import Path
from typing import TYPE_CHECKING

from ingest.power.formats.json_records import records, text_of
from ingest.power.formats.record_series import RecordSeries, epoch_us
from ingest.power.reading import Reading, TraceFile

if TYPE_CHECKING:
    import duckdb

NAME = "impact_tracker"
TITLE = "experiment-impact-tracker data.json"
_MARKS = (b'"timestamp"', b'"rapl_power_draw_absolute"')
# the estimated_attributable powers are the share of the process: parts of these
_POWERS = {
    "rapl_power_draw_absolute": ("cpu", "chip", "RAPL"),
    "nvidia_draw_absolute": ("gpu", "card", "nvidia-smi"),
}
_SHARES = {
    "rapl_estimated_attributable_power_draw": "rapl_power_draw_absolute",
    "nvidia_estimated_attributable_power_draw": "nvidia_draw_absolute",
}


def sniff(head: bytes, path: Path) -> bool:
    """Return whether the file is of objects with the powers of the tracker."""
    return head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{") and all(mark in head for mark in _MARKS)


def companions(path: Path) -> list[Path]:
    """Return none."""
    return []


def read(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> Reading:
    """Return the power of CPU and GPU of each record, and the share that the tracker gives the process."""
    series = RecordSeries()
    for file in files:
        for number, record, damage in records(text_of(file)):
            stated_us = epoch_us(record.get("timestamp")) if isinstance(record, dict) else None
            if stated_us is None:
                series.reject(file, number, damage or str(record), "no whole record with a time in seconds since 1970")
                continue
            for name in (*_POWERS, *_SHARES):
                if name in record:
                    series.add(file, number, _channel(name), record[name], stated_us)
    return series.put_into(Reading())


def _channel(name: str) -> dict:
    component, boundary, instrument = _POWERS[_SHARES.get(name, name)]
    return {
        "channel": name,
        "component": component,
        "boundary": boundary,
        "quantity_kind": "gauge",
        "unit": "W",
        "is_measured": name in _POWERS,
        "is_part_of_channel": _SHARES.get(name),
        "instrument": f"{instrument} through experiment-impact-tracker",
        "clock": "utc",
    }
