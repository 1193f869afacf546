"""Any other table of power or energy: a mapping says which column is what. Nothing is guessed from a name.

The mapping is a YAML file, given or found beside the trace as `<trace>.mapping.yml`:

    time: {column: when, form: iso_offset}      # or form: elapsed_s ...; leave out where there are no times
    device: [rack, host]                        # columns that tell devices apart; may be left out
    values:
      - {column: total_w, unit: W, quantity_kind: gauge, boundary: node_ac}
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from cradle.errors import ParseError
from ingest.power.formats.series_table import Layout, cells_of, first_lines, read_series
from ingest.power.formats.times import CLOCKS, kind_of
from ingest.power.reading import BOUNDARIES, QUANTITY_KINDS, Reading, TraceFile

if TYPE_CHECKING:
    import duckdb

NAME = "plain_csv"
TITLE = "a CSV of your own, with a mapping of its columns"
INTERVAL_S = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9}
_BYTES_MAX = 100_000
_FORMS = tuple(kind for kind in CLOCKS if kind)

Text = Annotated[str, StringConstraints(min_length=1)]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Time(_Record):
    """The column of times and how they are written; `auto` tells it from the first row."""

    column: Text
    form: Literal[("auto", *_FORMS)] = "auto"


class Interval(_Record):
    """The column with the time that each value is over."""

    column: Text
    unit: Literal["s", "ms", "us", "ns"] = "s"


class Value(_Record):
    """A column of power or energy."""

    column: Text
    unit: Literal["W", "mW", "uW", "kW", "MW", "J", "mJ", "uJ", "kJ", "Wh", "kWh"]
    quantity_kind: Literal[QUANTITY_KINDS[:4]] = "gauge"
    channel: Text | None = None
    component: Literal["node", "cpu", "gpu", "ram", "other"] | None = None
    boundary: Literal[BOUNDARIES] | None = None
    is_measured: bool | None = None
    is_part_of_channel: Text | None = None
    instrument: Text | None = None
    counter_modulus: float | None = Field(default=None, gt=0)
    sensor_interval_s: float | None = Field(default=None, gt=0)


class Mapping(_Record):
    """Which column of a table is what."""

    delimiter: Literal[",", ";", "\t", "|"] = ","
    decimal_mark: Literal[".", ","] = "."
    time: Time | None = None
    device: tuple[Text, ...] = ()
    interval: Interval | None = None
    values: tuple[Value, ...] = Field(min_length=1)
    holes: bool = False  # an empty cell is no sample
    sample_rate_hz: float | None = Field(default=None, gt=0)


def load_mapping(path: Path) -> Mapping:
    """Return the mapping of a YAML file; raise ParseError naming what is wrong with it."""

    def refused(got: str) -> ParseError:
        expected = "values: [{column, unit, quantity_kind}], and as needed time, device, interval, delimiter"
        todo = "docs/power-formats.md shows a mapping"
        return ParseError("The mapping cannot be used", where=path.name, expected=expected, got=got, todo=todo)

    if path.stat().st_size > _BYTES_MAX:
        raise refused("a file that is larger than any mapping")
    try:
        return Mapping.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        raise refused(f"{'.'.join(str(part) for part in first['loc']) or 'the file'}: {first['msg']}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: a day or a number that is none
        raise refused(f"no YAML: {' '.join(str(error).split())[:200]}") from None


def sniff(head: bytes, path: Path) -> bool:
    """Return whether a mapping lies beside the file; no table tells by itself that it is one."""
    return not head.startswith(b"PAR1") and bool(companions(path))


def companions(path: Path) -> list[Path]:
    """Return the mapping beside a file."""
    return mapping_beside(path)


def mapping_beside(path: Path) -> list[Path]:
    """Return the mapping beside a table of any kind; none where there is none."""
    mapping = path.with_name(f"{path.name}.mapping.yml")
    return [mapping] if mapping.is_file() else []


def read(con: "duckdb.DuckDBPyConnection", files: list[TraceFile], mapping: Mapping | None = None) -> Reading:
    """Return the samples of the mapped columns; `mapping` stands before one that lies beside a file.

    Raises ParseError where a file has no mapping, or not the columns that its mapping names.
    """
    mappings = {file.index: mapping or _beside(file) for file in files}
    layouts = [_layout(file, mappings[file.index]) for file in files]

    def channel(layout: Layout, keys: list[str], position: int) -> dict:
        return channel_of(mappings[layout.file.index], keys, position)

    return read_series(con, layouts, channel)


def _beside(file: TraceFile) -> Mapping:
    if file.companions:
        return load_mapping(file.companions[0])
    raise ParseError(
        "The table has no mapping",
        where=file.name,
        expected=f"{file.path.name}.mapping.yml beside it, or a mapping given with it",
        got="neither",
        todo="write one: it names the columns of time, device and values and their units",
    )


def _layout(file: TraceFile, mapping: Mapping) -> Layout:
    lines = [line for line in first_lines(file.path) if line.strip()]
    header = lines[0] if lines else ""
    names = cells_of(header, mapping.delimiter)
    place = {name: names.index(name) for name in names}
    wanted = [*mapping.device, *(value.column for value in mapping.values)]
    wanted += [part.column for part in (mapping.time, mapping.interval) if part]
    missing = [name for name in wanted if name not in place or names.count(name) > 1]
    if missing:
        raise ParseError(
            "The table does not have the columns of its mapping",
            where=file.name,
            expected=f"each of these once: {', '.join(wanted)}",
            got=", ".join(names)[:300] or "no header",
            todo=f"mend the mapping or the table: {', '.join(missing)}",
        )
    kind = None
    if mapping.time:
        kind = mapping.time.form if mapping.time.form != "auto" else _told(lines, mapping, place, file)
    return Layout(
        file=file,
        width=len(names),
        values=tuple(place[value.column] for value in mapping.values),
        keys=tuple(place[name] for name in mapping.device),
        time=place[mapping.time.column] if mapping.time else None,
        time_kind=kind,
        interval=place[mapping.interval.column] if mapping.interval else None,
        interval_s=INTERVAL_S[mapping.interval.unit] if mapping.interval else 1.0,
        header=header,
        delimiter=mapping.delimiter,
        decimal_mark=mapping.decimal_mark,
        holes=mapping.holes,
    )


def _told(lines: list[str], mapping: Mapping, place: dict[str, int], file: TraceFile) -> str | None:
    for line in lines[1:]:
        cells = cells_of(line, mapping.delimiter)
        if len(cells) == len(place):
            cell = cells[place[mapping.time.column]]
            if kind := kind_of(cell):
                return kind
            raise ParseError(
                "The form of the times is not known",
                where=f"{file.name}, column {mapping.time.column}",
                expected=f"one of {', '.join(_FORMS)}",
                got=repr(cell[:40]),
                todo="name the form in the mapping, or write the times as 2024-05-01T10:00:00Z",
            )
    return None


def channel_of(mapping: Mapping, keys: list[str], position: int) -> dict:
    """Return what a mapping says of the series of a value, by the cells that tell its device."""
    value = mapping.values[position]
    told = value.model_dump(exclude={"column", "channel"})
    rate = mapping.sample_rate_hz
    return {
        **told,
        "device_id": "/".join(keys) or None,
        "channel": value.channel or value.column,
        "sample_rate_hz": rate,
    }
