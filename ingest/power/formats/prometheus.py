"""Prometheus range queries as JSON: the counters of Kepler, and power and energy of NVIDIA's DCGM exporter.

`{"status": "success", "data": {"resultType": "matrix", "result": [...]}}`, a bare list of series, or an object with
such a list for each metric. Values are texts; they are numbered as they stand in the file.

Kepler's `idle` and `dynamic` are two series that are added; core and uncore lie in the package, and the platform holds
package and DRAM. The DCGM part was written from the documented format.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.power.formats.json_records import whole
from ingest.power.formats.record_series import RecordSeries, epoch_us
from ingest.power.reading import Reading, TraceFile

if TYPE_CHECKING:
    import duckdb

NAME = "prometheus"
TITLE = "Prometheus range query as JSON (Kepler, DCGM exporter)"
_KEPLER = re.compile(
    r"kepler_(?P<of>node|container|process|pod|vm)_(?P<part>\w+?)_joules_total|kepler_container_joules_total"
)
_DCGM = {"DCGM_FI_DEV_POWER_USAGE": ("gauge", "W"), "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION": ("counter", "mJ")}
_COMPONENTS = {"package": "cpu", "core": "cpu", "uncore": "cpu", "cpu": "cpu", "dram": "ram", "gpu": "gpu"}
_COMPONENTS |= {"platform": "node", "other": "other"}
_INSIDE = {"core": "package", "uncore": "package", "package": "platform", "dram": "platform", "other": "platform"}


def sniff(head: bytes, path: Path) -> bool:
    """Return whether the file has series of Prometheus with values."""
    start = head.lstrip(b"\xef\xbb\xbf \r\n")
    return start[:1] in (b"{", b"[") and b'"metric"' in head and (b'"values"' in head or b'"resultType"' in head)


def companions(path: Path) -> list[Path]:
    """Return none."""
    return []


def read(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> Reading:
    """Return the energies and powers of nodes and cards; raise ParseError where a file is no whole JSON.

    A note counts the other metrics, and those of containers and processes, which repeat what the node has.
    """
    series, reading = RecordSeries(), Reading()
    for file in files:
        others, record = set(), 0
        content = whole(file)
        levels = {_level(labels) for labels, _ in _series(content)}
        for labels, values in _series(content):
            channel = _channel(labels, levels)
            if channel is None:
                others.add(labels.get("__name__", "no name"))
                continue
            record = _add(file, record, channel, values, series)
        if others:
            reading.notes.append(
                f"{file.name}: {len(others)} metrics that are no energy of a node or card: {sorted(others)}"
            )
    return series.put_into(reading)


def _series(content: object) -> Iterator[tuple[dict, object]]:
    """The labels and values of each series, whatever it is wrapped in."""
    if isinstance(content, dict) and isinstance(content.get("metric"), dict):
        yield content["metric"], content.get("values")
    elif isinstance(content, dict):
        for name, inner in content.items():
            for labels, values in _series(inner):
                yield ({"__name__": name, **labels} if name not in ("data", "result") else labels), values
    elif isinstance(content, list):
        for inner in content:
            yield from _series(inner)


def _level(labels: dict) -> str | None:
    found = _KEPLER.fullmatch(str(labels.get("__name__")))
    return found["part"] if found and found["of"] == "node" else None


def _channel(labels: dict, levels: set[str | None]) -> dict | None:
    name = str(labels.get("__name__"))
    if name in _DCGM:
        kind, unit = _DCGM[name]
        told = {"boundary": "card", "component": "gpu", "quantity_kind": kind, "unit": unit, "is_measured": True}
        device = "/".join(str(labels[key]) for key in ("Hostname", "UUID", "gpu") if labels.get(key))
        return {**told, "device_id": device or None, "channel": name, "instrument": "DCGM exporter", **_common(labels)}
    level = _level(labels)
    if level is None:
        return None
    place = next((str(labels[key]) for key in ("package", "index") if key in labels), None)
    mode = labels.get("mode")
    holder = _INSIDE.get(level)
    is_inside = holder is not None and holder in levels
    return {
        "device_id": str(labels.get("exported_instance") or labels.get("instance")),
        "channel": "/".join(part for part in (level, place, mode) if part),
        "component": _COMPONENTS.get(level),
        "boundary": {"gpu": "card", "platform": None}.get(level, "chip"),
        "quantity_kind": "counter",
        "unit": "J",
        "is_measured": labels.get("source") not in (None, "", "estimator", "model"),
        "is_part_of_channel": "/".join(part for part in (holder, place if holder == "package" else None, mode) if part)
        if is_inside
        else None,
        "instrument": f"Kepler ({labels['source']})" if labels.get("source") else "Kepler",
        **_common(labels),
    }


def _common(labels: dict) -> dict:
    return {"clock": "utc", "facts": json.dumps({k: v for k, v in labels.items() if k != "__name__"}, sort_keys=True)}


def _add(file: TraceFile, record: int, channel: dict, values: object, series: RecordSeries) -> int:
    for pair in values if isinstance(values, list) else [values]:
        record += 1
        stated_us = epoch_us(pair[0]) if isinstance(pair, list) and len(pair) == 2 else None
        if stated_us is None:
            series.reject(file, record, json.dumps(pair), "no pair of seconds since 1970 and a value")
        else:
            series.add(file, record, channel, pair[1], stated_us)
    return record
