"""EnergyScope tables: a column of watts for the node, for each socket's cores and memory, and for each GPU.

`etotal` of the node holds `ecpu` (with the GPUs, where there are any) and `edram`, and these hold the sockets and GPUs.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.power.formats.experiment_windows import add_windows, companions_of
from ingest.power.formats.series_table import Layout, cells_of, header_of, layout_by_name, read_series
from ingest.power.reading import Reading, TraceFile

if TYPE_CHECKING:
    import duckdb

NAME = "energyscope"
TITLE = "EnergyScope table (data.data.etotal(W), ...)"
_COLUMN = re.compile(
    r"(?:data\.)?(?:(?P<node>data)|arch\.(?:(?P<host>[\w-]+)\.arch\.)?(?P<part>[\w-]+)\.data)\.(?P<what>e\w+)\(W\)"
)
_TIMES = ("timestamp", "timestamp_sec")


def sniff(head: bytes, path: Path) -> bool:
    """Return whether the header has the node's total of EnergyScope."""
    return "data.data.etotal(W)" in header_of(head)


def companions(path: Path) -> list[Path]:
    """Return the lists of experiments beside the trace."""
    return companions_of(path)


def read(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> Reading:
    """Return the power of the node and of each of its parts; a table without times has none."""
    return add_windows(con, files, read_series(con, [_layout(file) for file in files], _channel))


def _layout(file: TraceFile) -> Layout:
    with file.path.open("rb") as stream:
        names = header_of(stream.read(1 << 16))
    time = next((name for name in _TIMES if name in names), None)
    return layout_by_name(file, values=[name for name in names if _COLUMN.fullmatch(name)], time=time)


def _channel(layout: Layout, keys: list[str], position: int) -> dict:
    names = cells_of(layout.header or "")
    told = _COLUMN.fullmatch(names[layout.values[position]])
    what, part = told["what"], told["part"]
    is_gpu = bool(part) and part.startswith("gpu")
    component = "node" if what == "etotal" else "gpu" if is_gpu else "ram" if what == "edram" else None
    holder = "ecpu" if is_gpu else what if part else "etotal"
    return {
        "device_id": next((host for host in map(_host, names) if host), None),
        "channel": f"{part}/{what}" if part else what,
        "component": "cpu" if component is None and part else component,
        "quantity_kind": "interval_mean",
        "unit": "W",
        "is_measured": True,
        "is_part_of_channel": None if what == "etotal" else holder,
        "instrument": "EnergyScope (RAPL, NVML)",
    }


def _host(name: str) -> str | None:
    told = _COLUMN.fullmatch(name)
    return told["host"] if told else None
