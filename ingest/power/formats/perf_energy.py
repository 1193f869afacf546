"""`perf stat` energy events as a CSV (`timestamp,...,socket,event,value_joules,interval,value`): joules an interval."""

from pathlib import Path
from typing import TYPE_CHECKING

from ingest.power.formats.experiment_windows import add_windows, companions_of
from ingest.power.formats.series_table import Layout, header_of, layout_by_name, read_series
from ingest.power.reading import Reading, TraceFile

if TYPE_CHECKING:
    import duckdb

NAME = "perf_energy"
TITLE = "perf energy events (timestamp, event, value_joules, interval)"
_NEEDED = frozenset({"timestamp", "event", "value_joules", "interval"})
_COMPONENTS = {"power/energy-ram/": "ram", "power/energy-pkg/": "cpu", "power/energy-cores/": "cpu"}
_INSIDE = {"power/energy-cores/": "power/energy-pkg/", "power/energy-gpu/": "power/energy-pkg/"}
_NS = 1e-9


def sniff(head: bytes, path: Path) -> bool:
    """Return whether the header has the columns of the table."""
    return set(header_of(head)) >= _NEEDED


def companions(path: Path) -> list[Path]:
    """Return the lists of experiments beside the trace."""
    return companions_of(path)


def read(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> Reading:
    """Return the energy of each event and socket, each over the interval that its row states."""
    columns = {"values": ["value_joules"], "keys": ("socket", "event"), "time": "timestamp", "interval": "interval"}
    return add_windows(
        con, files, read_series(con, [layout_by_name(file, **columns, interval_s=_NS) for file in files], _channel)
    )


def _channel(layout: Layout, keys: list[str], position: int) -> dict:
    socket, event = keys if len(keys) == 2 else (None, keys[-1])
    return {
        "device_id": socket,
        "channel": event,
        "component": _COMPONENTS.get(event),
        "boundary": "chip",
        "quantity_kind": "delta",
        "unit": "J",
        "is_measured": True,
        "is_part_of_channel": _INSIDE.get(event),
        "instrument": "RAPL through perf",
    }
