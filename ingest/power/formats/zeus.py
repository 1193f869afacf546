"""Zeus: the CSV of the old C++ zeus_monitor (milliwatts) and the `log_file` of today's ZeusMonitor (joules a window).

The second was written from the documented format (ml-energy/zeus, ZeusMonitor); no open file of it was found.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.power.formats.series_table import Layout, cells_of, header_of, layout_by_name, read_series
from ingest.power.reading import Reading, TraceFile

if TYPE_CHECKING:
    import duckdb

NAME = "zeus"
TITLE = "Zeus monitor CSV (Time,Power in mW, or start_time,window_name,elapsed_time,gpu0_energy)"
_OLD = ["Time", "Power"]
_NEW = ["start_time", "window_name", "elapsed_time"]
_ENERGY = re.compile(r"(gpu|cpu|dram)(\d+)_energy")


def sniff(head: bytes, path: Path) -> bool:
    """Return whether the header is that of the old or of the new monitor."""
    names = header_of(head)
    return names == _OLD or (names[:3] == _NEW and any(_ENERGY.fullmatch(name) for name in names))


def companions(path: Path) -> list[Path]:
    """Return none."""
    return []


def read(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> Reading:
    """Return the power of the card, or the energy of each card in each window, over the window's time."""
    return read_series(con, [_layout(file) for file in files], _channel)


def _layout(file: TraceFile) -> Layout:
    with file.path.open("rb") as stream:
        names = header_of(stream.read(1 << 16))
    if names == _OLD:
        return layout_by_name(file, values=["Power"], time="Time")
    energies = [name for name in names if _ENERGY.fullmatch(name)]
    return layout_by_name(
        file, values=energies, keys=["window_name"], time="start_time", interval="elapsed_time", holes=True
    )


def _channel(layout: Layout, keys: list[str], position: int) -> dict:
    common = {"boundary": "card", "component": "gpu", "is_measured": True}
    if not keys:
        told = {"channel": "gpu", "quantity_kind": "gauge", "unit": "mW", "instrument": "zeus_monitor (NVML)"}
        return {**common, **told}
    part = _ENERGY.fullmatch(cells_of(layout.header or "")[layout.values[position]])
    component = {"gpu": "gpu", "cpu": "cpu", "dram": "ram"}[part[1]]
    return {
        "device_id": f"{part[1]} {part[2]}",
        "channel": f"{part[0]}/{keys[0]}",
        "component": component,
        "boundary": "card" if component == "gpu" else "chip",
        "quantity_kind": "delta",
        "unit": "J",
        "is_measured": True,
        "instrument": "ZeusMonitor (NVML)" if component == "gpu" else "ZeusMonitor (RAPL)",
    }
