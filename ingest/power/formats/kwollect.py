"""Kwollect, the monitoring of Grid'5000: JSON records of its API, or the same as CSV, in watts.

JSON as documented: `{"timestamp", "device_id", "metric_id", "value", "labels": {"_device_orig": [...]}}`; no open file
of it was found, the tables are real.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.power.formats.experiment_windows import add_windows, companions_of
from ingest.power.formats.joined import joined
from ingest.power.formats.json_records import records, text_of
from ingest.power.formats.kwollect_metrics import channel_of_metric
from ingest.power.formats.kwollect_table import channel_of, is_table, layout_of
from ingest.power.formats.record_series import RecordSeries, epoch_us
from ingest.power.formats.series_table import facts, header_of, read_series
from ingest.power.reading import Reading, TraceFile

if TYPE_CHECKING:
    import duckdb

NAME = "kwollect"
TITLE = "Kwollect records (Grid'5000), JSON or CSV"
_MARKS = (b'"metric_id"', b'"device_id"', b'"value"')


def sniff(head: bytes, path: Path) -> bool:
    """Return whether the file holds Kwollect records, as JSON or as a table."""
    if head.lstrip(b"\xef\xbb\xbf \r\n[").startswith(b"{"):
        return all(mark in head for mark in _MARKS)
    return is_table(head)


def companions(path: Path) -> list[Path]:
    """Return the lists of experiments beside the trace."""
    return companions_of(path)


def read(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> Reading:
    """Return the power of each device and metric; a metric that is no power is a reject."""
    layouts, series, readings = [], RecordSeries(), []
    for file in files:
        with file.path.open("rb") as stream:
            head = stream.read(1 << 16)
        if is_table(head):
            layouts.append(layout_of(file, header_of(head)))
        else:
            _read_json(file, series)
    if layouts:
        readings.append(read_series(con, layouts, channel_of))
    if len(layouts) < len(files):
        readings.append(series.put_into(Reading()))
    return add_windows(con, files, joined(con, NAME, readings))


def _read_json(file: TraceFile, series: RecordSeries) -> None:
    for number, record, damage in records(text_of(file)):
        if damage is not None or not isinstance(record, dict):
            series.reject(file, number, damage or str(record), "no whole record: cut, or no JSON")
            continue
        labels = record.get("labels")
        port = labels.get("_device_orig") if isinstance(labels, dict) else None
        channel = channel_of_metric(str(record.get("device_id")), str(record.get("metric_id")))
        stated_us, clock = _time(record.get("timestamp"))
        if channel is None:
            series.reject(file, number, str(record), "the metric is no power")
        elif stated_us is None:
            series.reject(file, number, str(record), "no time with an offset or in seconds since 1970")
        else:
            told = {**channel, "clock": clock, "facts": facts(ports=port)}
            series.add(file, number, told, record.get("value"), stated_us)


def _time(text: object) -> tuple[int | None, str]:
    try:
        time = datetime.fromisoformat(str(text))
    except ValueError:
        return epoch_us(text), "utc"
    if time.tzinfo is None:
        return round(time.replace(tzinfo=UTC).timestamp() * 1e6), "local"
    return round(time.timestamp() * 1e6), "offset"
