"""Scaphandre: its JSON exporter (microwatts, a record a step, the closing bracket often missing) and Prometheus series
written as CSV (`instance,timestamp,value`, watts).

A host holds its sockets (and more, where there is a psys); a socket of RAPL holds the domains core and uncore. The
consumers of the JSON are processes: what they use is the host's, and they are not read.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from ingest.power.formats.experiment_windows import add_windows, companions_of
from ingest.power.formats.joined import joined
from ingest.power.formats.json_records import records, text_of
from ingest.power.formats.record_series import RecordSeries, epoch_us
from ingest.power.formats.series_table import Layout, facts, header_of, layout_by_name, read_series
from ingest.power.reading import Reading, TraceFile

if TYPE_CHECKING:
    import duckdb

NAME = "scaphandre"
TITLE = "Scaphandre JSON export, or its series as CSV"
_MARKS = (b'"host"', b'"consumption"', b'"consumers"')
_HOST, _RAM, _PROCESS = ["instance", "timestamp", "value"], ["timestamp", "value"], ["exe", "pid", "timestamp", "value"]
_INSTRUMENT = "Scaphandre (RAPL)"


def sniff(head: bytes, path: Path) -> bool:
    """Return whether the file is of the JSON exporter or a table of Scaphandre's series that pandas wrote."""
    if head.lstrip(b"\xef\xbb\xbf \r\n[").startswith(b"{"):
        return all(mark in head for mark in _MARKS)
    names = header_of(head)
    return names[:1] == [""] and names[1:] in (_HOST, _RAM, _PROCESS)


def companions(path: Path) -> list[Path]:
    """Return the lists of experiments beside the trace."""
    return companions_of(path)


def read(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> Reading:
    """Return the power of the host, of its sockets and of their domains."""
    layouts, series, readings = [], RecordSeries(), []
    for file in files:
        with file.path.open("rb") as stream:
            names = header_of(stream.read(1 << 16))
        if names[:1] == [""]:
            keys = [name for name in ("instance", "exe", "pid") if name in names]
            layouts.append(layout_by_name(file, values=["value"], keys=keys, time="timestamp"))
        else:
            _read_json(file, series)
    if layouts:
        readings.append(read_series(con, layouts, _channel))
    if len(layouts) < len(files):
        readings.append(series.put_into(Reading()))
    return add_windows(con, files, joined(con, NAME, readings))


def _channel(layout: Layout, keys: list[str], position: int) -> dict:
    """A table holds one kind of series: what its host uses stands in another file."""
    names = header_of((layout.header or "").encode())
    common = {"quantity_kind": "interval_mean", "unit": "W", "is_measured": True, "instrument": _INSTRUMENT}
    if "exe" in names:
        told = {"channel": f"process {keys[0]} {keys[1]}", "component": "cpu", "facts": facts(part_of="host")}
        return {**common, **told, "is_measured": False}
    if "instance" in names:
        return {**common, "device_id": keys[0], "channel": "host", "component": "node"}
    return {**common, "channel": "ram", "component": "ram", "facts": facts(part_of="host")}


def _read_json(file: TraceFile, series: RecordSeries) -> None:
    for number, record, damage in records(text_of(file)):
        if damage is not None:
            series.reject(file, number, damage, "no whole record: cut, or no JSON")
        elif not isinstance(record, dict) or not isinstance(record.get("host"), dict):
            series.reject(file, number, str(record), "no record with a host")
        else:
            _add_record(file, number, record, series)


def _add_record(file: TraceFile, number: int, record: dict, series: RecordSeries) -> None:
    _add(file, number, series, "host", "node", None, record["host"])
    for socket in record.get("sockets") or []:
        if not isinstance(socket, dict):
            continue
        name = f"socket {socket.get('id')}"
        _add(file, number, series, name, "cpu", "host", socket)
        for domain in socket.get("domains") or []:
            if isinstance(domain, dict):
                what = str(domain.get("name"))
                component, holder = ("ram", "host") if what == "dram" else ("cpu", name)
                _add(file, number, series, f"{name}/{what}", component, holder, domain)


def _add(
    file: TraceFile, number: int, series: RecordSeries, name: str, component: str, holder: str | None, part: dict
) -> None:
    channel = {
        "channel": name,
        "component": component,
        "quantity_kind": "interval_mean",
        "unit": "uW",
        "is_measured": True,
        "is_part_of_channel": holder,
        "instrument": _INSTRUMENT,
        "clock": "utc",
    }
    stated_us = epoch_us(part.get("timestamp"))
    if stated_us is None:
        series.reject(file, number, f"{name}: {part.get('timestamp')}", "no time in seconds since 1970")
    else:
        series.add(file, number, channel, part.get("consumption"), stated_us)
