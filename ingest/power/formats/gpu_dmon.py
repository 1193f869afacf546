"""`nvidia-smi dmon` and `dcgmi dmon`: columns between spaces, two header lines that come again and again.

Written from the documented formats; no open file was found. dmon has a time only with `-o DT`, dcgmi only where a user
puts one before each line. An entity of dcgmi is two words, and TOTEC counts millijoules since the driver was loaded.
The second header line states the units; dcgmi leaves some of them out.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.power.formats.series_table import Layout, first_lines, lines_of_head, read_series
from ingest.power.formats.stated_units import refused, unit_of
from ingest.power.formats.times import kind_of
from ingest.power.reading import Reading, TraceFile
from ingest.reference_tables.mapping import vocabulary

if TYPE_CHECKING:
    import duckdb

NAME = "gpu_dmon"
TITLE = "nvidia-smi dmon or dcgmi dmon"
_COLUMNS = {"pwr": ("gauge", "W"), "POWER": ("gauge", "W"), "POWRE": ("gauge", "W"), "TOTEC": ("counter", "mJ")}
_MEASURES = {"gauge": "power", "counter": "energy"}
_SMI = re.compile(r"#\s*(?:Date\s+Time\s+)?gpu\s")
_DCGM = re.compile(r"#\s*Entity\s")
_UNITS = re.compile(r"ID\s+\D*")
_UNIT_LINES = (["Idx"], ["YYYYMMDD"], ["ID"])  # how a line of units begins


def sniff(head: bytes, path: Path) -> bool:
    """Return whether the file begins with the header of dmon and has a column of power or energy."""
    line = next((line for line in lines_of_head(head) if line.strip()), "")
    return bool(_SMI.match(line) or _DCGM.match(line)) and any(name in line.split() for name in _COLUMNS)


def companions(path: Path) -> list[Path]:
    """Return none."""
    return []


def read(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> Reading:
    """Return the power, and of dcgmi the energy counter, of each card."""
    return read_series(con, [_layout(file) for file in files], _channel)


def _layout(file: TraceFile) -> Layout:
    lines = [line for line in first_lines(file.path, 200) if line.strip()]
    header = lines[0] if lines else ""
    names = header.lstrip("# ").split()
    headers = {line for line in lines if line.startswith("#") or _UNITS.fullmatch(line.strip())}
    first = next((line.split() for line in lines if line not in headers), [])
    is_dcgm = names[:1] == ["Entity"]
    ahead = 1 if is_dcgm and first and kind_of(first[0]) else 0
    shift = ahead + 1 if is_dcgm else 0  # "GPU 0" is one name and two cells
    for name in names:
        if name in _COLUMNS:
            _unit(file, tuple(headers), names, name)
    has_date = names[:2] == ["Date", "Time"]
    gpu = names.index("gpu") if "gpu" in names else ahead
    return Layout(
        file=file,
        width=len(names) + shift,
        values=tuple(place + shift for place, name in enumerate(names) if name in _COLUMNS),
        keys=(ahead, ahead + 1) if is_dcgm else (gpu,),
        time=0 if ahead or has_date else None,
        time_kind=kind_of(first[0]) if ahead else "compact" if has_date else None,
        time_in_two=has_date,
        header=header,
        other_headers=tuple(sorted(headers - {header})),
        spaced=True,
    )


def _channel(layout: Layout, keys: list[str], position: int) -> dict:
    names = (layout.header or "").lstrip("# ").split()
    is_dcgm = len(keys) == 2
    name = names[layout.values[position] - (layout.width - len(names))]
    unit = _unit(layout.file, layout.other_headers, names, name)
    return {
        "device_id": " ".join(keys) if is_dcgm else f"gpu {keys[0]}",
        "channel": name,
        "component": "gpu",
        "boundary": "card",
        "quantity_kind": _COLUMNS[name][0],
        "unit": unit,
        "is_measured": True,
        "instrument": "dcgmi dmon" if is_dcgm else "nvidia-smi dmon",
    }


def _unit(file: TraceFile, headers: tuple[str, ...], names: list[str], name: str) -> str:
    """The unit of a column as the lines of units state it, that of the tool where they leave it out.

    A line with a unit for each column tells by place. In one with fewer, units that are not those of the tool could be
    of any column.
    """
    kind, usual = _COLUMNS[name]
    stated, own = set(), {unit for _, unit in _COLUMNS.values()}
    for units in (line.lstrip("# ").split() for line in headers):
        if units[:1] not in _UNIT_LINES:
            continue
        if len(units) == len(names):
            stated.add(units[names.index(name)])
        elif others := [unit for unit in units if unit in vocabulary("power_units") and unit not in own]:
            raise refused(file, name, f"{' '.join(units)}, which leaves open what is in {others[0]}", _MEASURES[kind])
    stated = {unit_of(file, name, unit, _MEASURES[kind]) for unit in stated - {"-"}}
    if len(stated) > 1:
        raise refused(file, name, " and ".join(sorted(stated)), _MEASURES[kind])
    return next(iter(stated), usual)
