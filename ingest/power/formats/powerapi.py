"""PowerAPI CSV (`timestamp,target,power,scope,socket,formula,...`): watts of targets, sockets and scopes.

`target=rapl` is the counter, `global` the model's estimate of the same, any other target a process or cgroup inside it:
targets are never added up.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from ingest.power.formats.experiment_windows import add_windows, companions_of
from ingest.power.formats.series_table import Layout, header_of, layout_by_name, read_series
from ingest.power.reading import Reading, TraceFile

if TYPE_CHECKING:
    import duckdb

NAME = "powerapi"
TITLE = "PowerAPI CSV (timestamp, target, power)"
_NEEDED = frozenset({"timestamp", "target", "power", "formula"})
_KEYS = ("target", "scope", "socket", "formula")
_COMPONENTS = {"cpu": "cpu", "dram": "ram", "gpu": "gpu"}

_COUNTERS = {"cpu": "RAPL_ENERGY_PKG", "dram": "RAPL_ENERGY_DRAM"}


def sniff(head: bytes, path: Path) -> bool:
    """Return whether the header has the columns of PowerAPI."""
    return set(header_of(head)) >= _NEEDED


def companions(path: Path) -> list[Path]:
    """Return the lists of experiments beside the trace."""
    return companions_of(path)


def read(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> Reading:
    """Return the power of each target, scope and socket."""
    layouts = [layout_by_name(file, values=["power"], keys=_KEYS, time="timestamp") for file in files]
    return add_windows(con, files, read_series(con, layouts, _channel))


def _channel(layout: Layout, keys: list[str], position: int) -> dict:
    target, *place = [*keys, "", "", ""][:4]
    name = "/".join(part for part in (target, *place) if part)
    counter = _COUNTERS.get(place[0])
    whole = "/".join(part for part in ("rapl", *place[:2], counter) if part) if counter else None
    return {
        "device_id": f"socket {place[1]}" if place[1] else None,
        "channel": name,
        "component": _COMPONENTS.get(place[0]),
        "boundary": "chip",
        "quantity_kind": "interval_mean",
        "unit": "W",
        "is_measured": target == "rapl",
        "is_part_of_channel": None if target == "rapl" else whole,
        "instrument": "RAPL through PowerAPI" if target == "rapl" else "PowerAPI",
    }
