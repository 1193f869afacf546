"""`nvidia-smi --query-gpu=... --format=csv`: with and without header, units in the header or in the cells.

Without a header columns are told by their unit; without an index the rows of equal times are told apart by their order.
nvidia-smi writes W, scripts around it other units: what the header or the cells state is taken, W where neither does.
A file of watts alone (`--query-gpu=power.draw`) has neither times nor a rate.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import ParseError
from ingest.power.formats.series_table import Layout, cells_of, facts, first_lines, lines_of_head, read_series
from ingest.power.formats.stated_units import known_unit, refused, unit_of
from ingest.power.formats.text_pieces import pieces_of
from ingest.power.formats.times import kind_of
from ingest.power.reading import Reading, TraceFile

if TYPE_CHECKING:
    import duckdb

NAME = "nvidia_smi"
TITLE = "nvidia-smi CSV (--query-gpu with power.draw)"
DEVICES = (
    "index",
    "gpu_index",
    "gpu",
    "gpu_id",
    "uuid",
    "gpu_uuid",
    "pci.bus_id",
    "gpu_bus_id",
    "serial",
    "gpu_serial",
)
# power.draw is a mean over 25 to 1,000 ms by the generation of the card; it is read as what it is printed as
POWERS = {
    "power.draw": "gauge",
    "power.draw.instant": "gauge",
    "power.draw.average": "interval_mean",
    "power_w": "gauge",
    "power_draw_w": "gauge",
    "power_watts": "gauge",
    "power_draw": "gauge",
}
PIECE_BYTES = 1 << 22
_NAMED_WATTS = frozenset({"power_w", "power_draw_w", "power_watts"})
_CELL = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)? +(\S+)")
_BRACKETED = r"\[(?:N/A|Unknown Error|Not Supported|GPU is lost|GPU requires reset)\]"
_NO_VALUE = re.compile(rf"{_BRACKETED}(?: W)?")
_BARE = re.compile(r"\d{1,4}\.\d\d(?: W)?")
_SMI_TIME = re.compile(r"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d\.\d{3}, ")
_UNIT = re.compile(r" *\[([^\]]*)\]$")


def sniff(head: bytes, path: Path) -> bool:
    """Return whether the file has a header with a power of GPUs, or rows as nvidia-smi writes them without one."""
    lines = lines_of_head(head)[:50]
    first = next((line for line in lines if line.strip()), None)
    if first is None:
        return False
    names = _names(first)
    if names and any(name in POWERS for name in names):
        return any(name.startswith("power.draw") for name in names) or bool({"gpu_index", "gpu_uuid"} & set(names))
    return bool(_SMI_TIME.match(first)) or all(_BARE.fullmatch(line.strip()) for line in lines if line.strip())


def companions(path: Path) -> list[Path]:
    """Return none: nvidia-smi writes nothing else."""
    return []


def read(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> Reading:
    """Return the power of each card, a channel for each power column; raise ParseError where no column says watts."""
    return read_series(con, [_layout(file) for file in files], _channel)


def _names(line: str) -> list[str]:
    return [_UNIT.sub("", cell).lower() for cell in cells_of(line)]


def _layout(file: TraceFile) -> Layout:
    lines = [line for line in first_lines(file.path) if line.strip()]
    header = lines[0] if lines and any(name in POWERS for name in _names(lines[0])) else None
    if header:
        _refuse_another_header(file, header)
    rows = [cells_of(line) for line in lines if line != header]
    width = len(cells_of(header)) if header else len(rows[0]) if rows else 0
    rows = [row for row in rows if len(row) == width]
    rows = rows[:-1] or rows  # the last may be cut
    values = _named(header, POWERS) if header else _watts(rows, width)
    if not values and rows:
        raise ParseError(
            "No column of the file says that it is watts",
            where=file.name,
            expected="a header with power.draw, or cells such as '11.64 W'",
            got=repr(lines[0][:80]),
            todo="record with a header (--format=csv), or give --format plain_csv and a mapping",
        )
    kinds = [kind_of(cell) for cell in rows[0]] if rows else []
    time = next((place for place, kind in enumerate(kinds) if kind), None)
    keys = next(([place] for name in DEVICES for place in _named(header, [name])), []) if header else []
    suffix = _unit_of_cells(file, rows, values)
    for place in values if header else ():
        _unit_of_column(file, header, place, suffix)
    return Layout(
        file=file,
        width=width,
        values=tuple(values),
        keys=tuple(keys),
        time=time,
        time_kind=kinds[time] if time is not None else None,
        header=header,
        suffix=suffix,
        group_by_time=not keys and time is not None,
    )


def _named(header: str | None, names: object) -> list[int]:
    return [place for place, name in enumerate(_names(header or "")) if name in names]


def _watts(rows: list[list[str]], width: int) -> list[int]:
    if width == 1 and rows and all(_BARE.fullmatch(row[0]) for row in rows):
        return [0]
    return [
        place
        for place in range(width)
        if any(_is_power(row[place]) for row in rows)
        and all(_is_power(row[place]) or _NO_VALUE.fullmatch(row[place]) for row in rows)
    ]


def _is_power(cell: str) -> bool:
    found = _CELL.fullmatch(cell)
    return bool(found) and known_unit(found[1], "power") is not None


def _refuse_another_header(file: TraceFile, header: str) -> None:
    """Two logs in one file may have other columns or units: rows of the second would be read as those of the first."""
    for piece in pieces_of(file, PIECE_BYTES):
        at = piece.text.find(b"ower")  # power or Power
        while at >= 0:
            begin, end = piece.text.rfind(b"\n", 0, at) + 1, piece.text.index(b"\n", at)
            line = piece.text[begin:end].decode().rstrip("\r")
            if line != header and any(name in POWERS for name in _names(line)):
                row = piece.first_row + piece.text.count(b"\n", 0, at)
                raise ParseError(
                    "The file has a second header, which is another than its first",
                    where=f"{file.name}, line {row}",
                    expected=header[:200],
                    got=line[:200],
                    todo="give the logs as files of their own",
                )
            at = piece.text.find(b"ower", end)


def _unit_of_cells(file: TraceFile, rows: list[list[str]], values: list[int]) -> str:
    """The unit that stands behind each number, as it is written; an empty text where the cells state none."""
    found = {cell[1] for row in rows for place in values if (cell := _CELL.fullmatch(row[place]))}
    if len(found) > 1:
        raise refused(file, "its cells", " and ".join(sorted(found))[:80], "power")
    return next(iter(found), "")


def _unit_of_column(file: TraceFile, header: str | None, place: int, suffix: str) -> str:
    """The unit of a column: what its name, the brackets behind it and its cells state must be one."""
    column = cells_of(header)[place] if header else "its cells"
    brackets = _UNIT.search(column)
    stated = ["W"] if header and _names(header)[place] in _NAMED_WATTS else []
    stated += [text for text in (brackets[1].strip() if brackets else "", suffix) if text]
    units = {unit_of(file, column, text, "power") for text in stated}
    if len(units) > 1:
        raise refused(file, column, " and ".join(sorted(units)), "power")
    return next(iter(units), "W")


def _channel(layout: Layout, keys: list[str], position: int) -> dict:
    names = _names(layout.header or "")
    name = names[layout.values[position]] if layout.header else "power.draw"
    of_header = [names[place] for place in layout.values] if layout.header else [name]
    return {
        "device_id": f"gpu {keys[0]}" if keys and keys[0].isdigit() else keys[0] if keys else None,
        "channel": name,
        "component": "gpu",
        "boundary": "card",
        "quantity_kind": POWERS[name],
        "unit": _unit_of_column(layout.file, layout.header, layout.values[position], layout.suffix),
        "is_measured": True,
        "is_part_of_channel": "power.draw" if name != "power.draw" and "power.draw" in of_header else None,
        "instrument": "nvidia-smi",
        "facts": facts(device="told by the order of the rows of equal times" if keys and not layout.keys else None),
    }
