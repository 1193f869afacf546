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
# a mean is over the tool's period, which the table does not state: where the tool paused, as between the runs of a
# campaign that were put into one table, it says nothing of the pause
_WITH_INTERVALS = """
create or replace temp table energyscope_samples as
with steps as (
    select
        *,
        stated_us - lag(stated_us) over (partition by file_index, channel_index order by row_number) as step_us
    from samples_just_read
),
usual as (
    select file_index, median(step_us) filter (where step_us > 0) as usual_us from steps group by file_index
)
select
    steps.* exclude (step_us) replace (
        case when step_us between 1 and 2.5 * usual_us then step_us else usual_us end / 1e6 as interval_s
    )
from steps inner join usual on steps.file_index = usual.file_index
"""


def sniff(head: bytes, path: Path) -> bool:
    """Return whether the header has the node's total of EnergyScope."""
    return "data.data.etotal(W)" in header_of(head)


def companions(path: Path) -> list[Path]:
    """Return the lists of experiments beside the trace."""
    return companions_of(path)


def read(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> Reading:
    """Return the power of the node and of each of its parts; a table without times has none."""
    reading = read_series(con, [_layout(file) for file in files], _channel)
    con.register("samples_just_read", reading.tables["samples"])
    con.execute(_WITH_INTERVALS)
    con.unregister("samples_just_read")
    reading.tables["samples"] = con.table("energyscope_samples")
    return add_windows(con, files, reading)


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
