"""ALUMET CSV (`metric;timestamp;value;resource_kind;resource_id;consumer_kind;consumer_id;...`), columns by name.

Written from the documented format (the csv output plugin); no open file was found. Energies are per interval, not
running totals. A RAPL domain that ends on `_total` sums the sockets again, `platform` and `psys` hold the packages.
The unit is the end of a metric's name unless append_unit_to_metric_name is off; NVML's are millijoules and milliwatts,
so that a metric without a unit is not read.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.power.formats.series_table import Layout, header_of, layout_by_name, read_series
from ingest.power.formats.stated_units import known_unit, unit_of
from ingest.power.reading import Reading, TraceFile

if TYPE_CHECKING:
    import duckdb

NAME = "alumet"
TITLE = "ALUMET CSV (metric, timestamp, value, resource_kind, resource_id)"
_NEEDED = frozenset({"metric", "timestamp", "value", "resource_kind", "resource_id"})
_KEYS = ("metric", "resource_kind", "resource_id", "consumer_kind", "consumer_id", "domain")
_UNIT = r"(?:[munkgtpµμ]|milli|micro|nano|kilo|mega|giga)?(?:W|J|Wh|W\.h|eV|watts?|joules?|watt_?hours?)"
_METRIC = re.compile(rf"(?P<name>\w*(?:energy|power)\w*?)_(?P<unit>{_UNIT})", re.IGNORECASE)
_COMPONENTS = {"gpu": "gpu", "cpu_package": "cpu", "cpu_core": "cpu", "dram": "ram"}


def sniff(head: bytes, path: Path) -> bool:
    """Return whether the header has the columns of ALUMET, whatever stands between them."""
    return any(set(header_of(head, delimiter)) >= _NEEDED for delimiter in (";", ","))


def companions(path: Path) -> list[Path]:
    """Return none."""
    return []


def read(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> Reading:
    """Return the energies and powers of the machine's parts; other metrics and those of processes are rejects."""
    return read_series(con, [_layout(file) for file in files], _channel)


def _layout(file: TraceFile) -> Layout:
    with file.path.open("rb") as stream:
        head = stream.read(1 << 16)
    delimiter = ";" if set(header_of(head, ";")) >= _NEEDED else ","
    keys = [name for name in _KEYS if name in header_of(head, delimiter)]
    return layout_by_name(file, values=["value"], keys=keys, time="timestamp", delimiter=delimiter)


def _channel(layout: Layout, keys: list[str], position: int) -> dict | None:
    names = [name for name in _KEYS if name in header_of((layout.header or "").encode(), layout.delimiter)]
    told = dict(zip(names, keys, strict=True))
    found = _METRIC.fullmatch(told["metric"])
    if not found or told.get("consumer_kind", "local_machine") not in ("", "local_machine"):
        return None
    stated = re.sub("[µμ]", "u", found["unit"])
    measures = "power" if known_unit(stated, "power") else "energy"
    unit = unit_of(layout.file, told["metric"], stated, measures)
    domain = told.get("domain", "")
    place = "/".join(part for part in (told["resource_kind"], told["resource_id"]) if part)
    return {
        "channel": "/".join(part for part in (told["metric"], place, domain) if part),
        "component": "ram" if domain.startswith("dram") else _COMPONENTS.get(told["resource_kind"]),
        "quantity_kind": "delta" if measures == "energy" else "gauge",
        "unit": unit,
        "is_measured": True,
        "is_part_of_channel": _holder(told["metric"], place, domain),
        "instrument": "ALUMET",
    }


def _holder(metric: str, place: str, domain: str) -> str | None:
    if domain in ("pp0", "pp1"):
        return f"{metric}/{place}/package"
    if domain in ("package", "dram"):
        return f"{metric}/local_machine/{domain}_total"
    return None
