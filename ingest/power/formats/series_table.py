"""Traces that are a table: one line a time, its series told by cells, by columns, or by both.

A format says where things stand in each of its files (a Layout) and what a series is (a channel); the lines are cut,
typed and numbered here, in SQL, for all files together.
"""

import csv
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.power.formats.number_cells import fault, value
from ingest.power.formats.series_limit import refuse_more
from ingest.power.formats.text_lines import NOT_BLANK, run_on_lines
from ingest.power.formats.times import CLOCKS, kind_of, stated_us
from ingest.power.reading import Reading, TraceFile

if TYPE_CHECKING:
    import duckdb

HEAD_BYTES = 1 << 16
_CUT_BYTES = 1 << 13  # who reads less of a file reads it whole
_LINES_MAX = 200
_AT_ONCE = 10_000  # series that are described before more are asked for


@dataclass(frozen=True)
class Layout:
    """Where the cells of one file stand, from 0."""

    file: TraceFile
    width: int  # cells of a row
    values: tuple[int, ...]  # columns with a measured value
    keys: tuple[int, ...] = ()  # columns that tell the series
    time: int | None = None
    time_kind: str | None = None
    interval: int | None = None  # column with the time that a value is over
    interval_s: float = 1.0  # seconds of one unit of that column
    time_in_two: bool = False  # the date stands in that column and the time of day in the next
    header: str | None = None  # a line that is no row, however often it stands there
    other_headers: tuple[str, ...] = ()  # more such lines
    first_row: int = 1
    decimal_mark: str = "."
    delimiter: str = ","
    suffix: str = ""  # the unit that stands in each cell with a value
    holes: bool = False  # an empty cell is no sample: each row holds some of the series
    spaced: bool = False  # any number of spaces between cells
    group_by_time: bool = False  # rows of equal time are of different devices, told by their order


ChannelOf = Callable[[Layout, list[str], int], dict | None]

_LAYOUTS_TABLE = """
create or replace temp table layouts (
    file_index integer, width integer, vals integer[], keys integer[], time_at integer, time_kind varchar,
    interval_at integer, interval_s double, headers varchar[], first_row bigint, delimiter varchar, suffix varchar,
    holes boolean, spaced boolean, group_by_time boolean, time_in_two boolean, decimal_mark varchar
)
"""
_ROWS_TABLE = """
create or replace temp table series_rows (
    file_index integer, row_number bigint, stated_us bigint, interval_s double, keys varchar[], vals varchar[],
    line varchar, reason varchar
)
"""
# a cell in quotes may hold the delimiter; a line whose quotes do not close has another number of cells
_CELLS = """case
    when spaced then string_split_regex(trim(line), '\\s+')
    when contains(line, '"') then list_transform(
        regexp_extract_all(line || delimiter, '("(?:[^"]|"")*"|[^' || delimiter || '"]*)' || delimiter, 1),
        lambda cell: replace(trim(cell, '"'), '""', '"')
    )
    else string_split(line, delimiter)
end"""
_ROWS = f"""
insert into series_rows
select
    file_index, row_number, stated_us, interval_s, keys, vals, case when reason is not null then line[:500] end, reason
from (
    select
        *,
        case
            when len(cells) <> width then 'has ' || len(cells) || ' cells in place of ' || width
            when time_at is not null and stated_us is null then 'has no time of the form of the first row'
            when suffix <> '' and len(list_filter(told, lambda v: try_cast(v as double) is not null)) > 0
                then 'has a value without its unit ' || suffix || ': cut'
            when holes and array_to_string(told, '') = '' then 'has no value'
        end as reason,
        list_transform(told, lambda v: if(suffix = '', v, rtrim(replace(v, ' ' || suffix, '')))) as vals
    from (
        select
            *,
            {stated_us("time_cell", "time_kind")} as stated_us,
            try_cast(trim(cells[interval_at]) as double) * unit_s as interval_s,
            list_transform(key_places, lambda place: trim(cells[place])) as keys,
            list_transform(
                val_places,
                lambda place: trim(if(decimal_mark = '.', cells[place], replace(cells[place], decimal_mark, '.')))
            ) as told
        from (
            select
                *, trim(if(time_in_two, cells[time_at] || ' ' || cells[time_at + 1], cells[time_at])) as time_cell
            from (
                select
                    lines.file_index, row_number, line, width, time_at, time_in_two, time_kind, interval_at,
                    layouts.interval_s as unit_s, layouts.keys as key_places, layouts.vals as val_places, suffix, holes,
                    decimal_mark, {_CELLS} as cells
                from {{lines}} as lines
                inner join layouts on lines.file_index = layouts.file_index
                where row_number >= first_row and {NOT_BLANK} and not list_contains(headers, line)
            )
        )
    )
)
"""
# equal times in groups of one size (the last may be cut): the rows of a group are of different devices
_GROUPS = """
create or replace temp table series_groups as
select file_index
from (
    select file_index, stated_us, count(*) as rows_of_time
    from series_rows semi join (from layouts where group_by_time) using (file_index)
    where reason is null
    group by file_index, stated_us
)
group by file_index
having max(rows_of_time) > 1 and count_if(rows_of_time < 2) = 0 and mode(rows_of_time) = max(rows_of_time)
"""
_NUMBERED = """
create or replace temp table series_rows as
select series_rows.* replace (
    if(
        series_groups.file_index is null, keys,
        list_append(keys, cast(row_number() over (
            partition by series_rows.file_index, stated_us, reason is null order by row_number
        ) - 1 as varchar))
    ) as keys
)
from series_rows left join series_groups on series_rows.file_index = series_groups.file_index
"""
_SERIES = """
select file_index, keys, position
from (
    select
        file_index, keys, unnest(range(0, len(vals))) as position, unnest(vals) as cell, holes, row_number
    from series_rows inner join (select file_index, holes from layouts) using (file_index)
    where reason is null
)
where not (holes and cell = '')
group by file_index, keys, position
order by file_index, min(row_number), position
"""
_SAMPLES = f"""
select file_index, channel_index, row_number, stated_us, interval_s, {value("cell")} as value, {fault("cell")} as fault
from (
    select
        file_index, row_number, stated_us, rows_.interval_s, keys, holes, unnest(range(0, len(rows_.vals))) as position,
        unnest(rows_.vals) as cell
    from series_rows as rows_ inner join (select file_index, holes from layouts) using (file_index)
    where reason is null
)
inner join series_numbers using (file_index, keys, position)
where not (holes and cell = '')
"""
_REJECTS = """
select file_index, row_number, line, reason from series_rows where reason is not null
union all
select
    file_index, row_number, array_to_string(list_concat(keys, vals), ',')[:500] as line,
    'the series is no power or energy that the format is read for' as reason
from series_rows anti join series_numbers using (file_index, keys)
where reason is null
"""


def first_lines(path: Path, count: int = 50) -> list[str]:
    """Return the first lines of a file that are not cut by the end of its first 64 kB, without line ends."""
    with path.open("rb") as stream:
        return lines_of_head(stream.read(HEAD_BYTES))[:count]


@lru_cache(maxsize=2)  # each format that is asked whether it knows a file wants the same lines
def lines_of_head(head: bytes) -> list[str]:
    """Return the first lines of the first bytes of a file; a line that the end of these bytes may cut is left out."""
    lines = head.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n", _LINES_MAX)
    return lines[:-1] if len(lines) > _LINES_MAX or (len(lines) > 1 and len(head) >= _CUT_BYTES) else lines


def cells_of(line: str, delimiter: str = ",") -> list[str]:
    """Return the cells of one line, without spaces and quotes about them."""
    return list(_cells_of(line, delimiter))


@lru_cache(maxsize=4)
def _cells_of(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:  # a cell longer than any header's
        return (line,)


def layout_by_name(
    file: TraceFile,
    *,
    values: Sequence[str],
    keys: Sequence[str] = (),
    time: str | None = None,
    interval: str | None = None,
    delimiter: str = ",",
    **more: Any,
) -> Layout:
    """Return the layout of a file with a header by the names of its columns; a name it does not have is left out.

    How times are written is told from the first row.
    """
    header, *rows = [line for line in first_lines(file.path) if line.strip()] or [""]
    names = cells_of(header, delimiter)
    place = {name: names.index(name) for name in names}
    first = next((row for row in (cells_of(line, delimiter) for line in rows) if len(row) == len(names)), None)
    kind = kind_of(first[place[time]]) if first and time in place else None
    return Layout(
        file=file,
        width=len(names),
        values=tuple(place[name] for name in values if name in place),
        keys=tuple(place[name] for name in keys if name in place),
        time=place.get(time),
        time_kind=more.pop("time_kind", kind),
        interval=place.get(interval),
        header=header,
        delimiter=delimiter,
        **more,
    )


def header_of(head: bytes, delimiter: str = ",") -> list[str]:
    """Return the cells of the first line that is not blank; none where the file has none."""
    return list(_header_of(head, delimiter))


@lru_cache(maxsize=4)  # ten formats ask for that of the same file, one after the other
def _header_of(head: bytes, delimiter: str) -> tuple[str, ...]:
    return tuple(next((cells_of(line, delimiter) for line in lines_of_head(head) if line.strip()), []))


def read_series(
    con: "duckdb.DuckDBPyConnection", layouts: list[Layout], channel_of: ChannelOf, reading: Reading | None = None
) -> Reading:
    """Return the samples, channels and rejects of the files; `channel_of` describes a series by its cells and column.

    A key that `channel_of` gives as None is no power or energy; its rows are left out, as its format documents. Raises
    ParseError for a file of too many series.
    """
    reading = reading or Reading()
    _put_layouts(con, layouts)
    con.execute(_ROWS_TABLE)
    run_on_lines(con, [layout.file for layout in layouts], _ROWS)
    if any(layout.group_by_time for layout in layouts):
        con.execute(_GROUPS)
        con.execute(_NUMBERED)
    by_file = {layout.file.index: layout for layout in layouts}
    channels, numbers, counts = [], [], Counter()
    found = con.execute(_SERIES)
    for file_index, keys, position in chain.from_iterable(iter(lambda: found.fetchmany(_AT_ONCE), [])):
        layout = by_file[file_index]
        channel = channel_of(layout, keys, position)
        if channel is None:
            continue
        place = {"file_index": file_index, "channel_index": counts[file_index]}
        counts[file_index] += 1
        refuse_more(layout.file, counts[file_index])
        channels.append({**place, "clock": CLOCKS[layout.time_kind], **channel})
        numbers.append({**place, "keys": keys, "position": position})
    _put_numbers(con, numbers)
    reading.add("channels", channels)
    reading.tables["samples"] = con.sql(_SAMPLES)
    reading.tables["rejects"] = con.sql(_REJECTS)
    return reading


def _put_layouts(con: "duckdb.DuckDBPyConnection", layouts: list[Layout]) -> None:
    import polars as pl

    con.execute(_LAYOUTS_TABLE)
    told = [
        {
            "file_index": layout.file.index,
            "width": layout.width,
            "vals": [place + 1 for place in layout.values],
            "keys": [place + 1 for place in layout.keys],
            "time_at": None if layout.time is None else layout.time + 1,
            "time_kind": layout.time_kind,
            "interval_at": None if layout.interval is None else layout.interval + 1,
            "interval_s": layout.interval_s,
            "headers": [*([] if layout.header is None else [layout.header]), *layout.other_headers],
            "first_row": layout.first_row,
            "delimiter": layout.delimiter,
            "suffix": layout.suffix,
            "holes": layout.holes,
            "spaced": layout.spaced,
            "group_by_time": layout.group_by_time,
            "time_in_two": layout.time_in_two,
            "decimal_mark": layout.decimal_mark,
        }
        for layout in layouts
    ]
    lists = {"vals": pl.List(pl.Int32), "keys": pl.List(pl.Int32), "headers": pl.List(pl.String)}
    texts = {"time_kind": pl.String, "time_at": pl.Int32, "interval_at": pl.Int32}
    found = pl.DataFrame(told, schema_overrides={**lists, **texts}, infer_schema_length=None)  # read by name
    if told:
        con.execute("insert into layouts by name select * from found")
    del found


def _put_numbers(con: "duckdb.DuckDBPyConnection", numbers: list[dict]) -> None:
    import polars as pl

    kinds = {"file_index": pl.Int32, "channel_index": pl.Int32, "keys": pl.List(pl.String), "position": pl.Int64}
    found = pl.DataFrame(numbers, schema=kinds)  # read by name
    con.execute("create or replace temp table series_numbers as select * from found")
    del found


def facts(**known: object) -> str | None:
    """Return what else is known of a channel as JSON; None for nothing."""
    told = {name: what for name, what in known.items() if what not in (None, "")}
    return json.dumps(told, sort_keys=True) if told else None
