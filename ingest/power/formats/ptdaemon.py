"""SPEC PTDaemon `spl.txt`: the log of one or more power analysers at the wall, one line a second.

`Time,<MM-DD-YYYY HH:MM:SS.mmm>,Watts,<w>,Volts,<v>,Amps,<a>,PF,<f>,Mark,<label>`, after which each channel follows as
`,Ch<n>,Watts,<w>,Volts,...`, or each analyser as `,Analyzer<n>,Time,...,Watts,...,Mark,<label>` with its own time.
"""

import json
import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.power.formats import ptdaemon_run
from ingest.power.formats.number_cells import fault, value
from ingest.power.formats.ptdaemon_lines import COLUMNS, Cut, cut_files
from ingest.power.reading import Reading, TraceFile

if TYPE_CHECKING:
    import duckdb

NAME = "ptdaemon"
TITLE = "SPEC PTDaemon log (spl.txt) of a power analyser"
SENTINELS = (-1.0, -2.0)  # not available; error of reading
_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?\s*Time,\d\d-\d\d-\d{4} \d\d:\d\d:\d\d\.\d+,Watts,")
_ANALYZER = 100  # channel_index of analyser 1 is 100, of its first channel 101; of a channel without analyser 1

_TABLES = """
create or replace temp table ptdaemon_regular (
    file_index integer, channel_index integer, row_number bigint, stated_us bigint, value double
);
create or replace temp table ptdaemon_lines (file_index integer, row_number bigint, line varchar);
create or replace temp table ptdaemon_rows (
    file_index integer, row_number bigint, stated_us bigint, value double, fault varchar, fits boolean,
    names varchar[], channel_watts varchar[], line varchar
)
"""
_TIME = "%m-%d-%Y %H:%M:%S.%g"
_ROWS_AT_ONCE = 500_000  # put in by one statement
# a line has 12 cells and 9 for each channel; it is kept whole where it fits not or holds analysers
_ROWS = f"""
insert into ptdaemon_rows
select
    file_index,
    row_number,
    stated_us,
    {value("cells[4]")} as value,
    {fault("cells[4]", SENTINELS)} as fault,
    fits,
    case when is_wide then cells[13:-:9] end as names,
    case when is_wide then cells[15:-:9] end as channel_watts,
    case when not coalesce(fits, false) then line end as line
from (
    select
        *,
        coalesce(stated_us is not null and begins_well, false) and case
            when not is_wide then len(cells) = 12
            when cells[13] like 'Analyzer%' then null
            else
                len(cells) % 9 = 3 and cells[len(cells)] <> '' and cells[len(cells) - 7] = 'Watts'
                and len(list_filter(cells[13:-:9], lambda name: not regexp_full_match(name, 'Ch[0-9]{{1,2}}'))) = 0
        end as fits
    from (
        select
            *,
            len(cells) > 12 as is_wide,
            cells[1] = 'Time' and cells[3] = 'Watts' and cells[5] = 'Volts' and cells[11] = 'Mark' as begins_well,
            epoch_us(try_strptime(cells[2], '{_TIME}')) as stated_us
        from (
            select file_index, row_number, line, string_split(line, ',') as cells
            from ptdaemon_lines
            where trim(line) <> ''
        )
    )
)
"""
# what follows each `,Analyzer` is a log line of its own after one cell with the number
_ANALYZERS = f"""
create or replace temp table ptdaemon_analyzers as
with parts as (
    select file_index, row_number, unnest(string_split(line, ',Analyzer')[2:]) as part
    from ptdaemon_rows
    where fits is null
),

cells as (select file_index, row_number, string_split(part, ',') as cells from parts)

select
    file_index,
    row_number,
    {_ANALYZER} * try_cast(cells[1] as integer) as channel_index,
    epoch_us(try_strptime(cells[3], '%m-%d-%Y %H:%M:%S.%g')) as stated_us,
    cells[5] as watts,
    cells[14:-:9] as names,
    cells[16:-:9] as channel_watts,
    coalesce(
        cells[2] = 'Time' and cells[4] = 'Watts' and cells[6] = 'Volts' and cells[12] = 'Mark' and len(cells) % 9 = 4
        and channel_index is not null and stated_us is not null, false
    ) as fits
from cells
"""
_FITTING_ANALYZERS = """
update ptdaemon_rows set fits = verdict.fits
from (select file_index, row_number, bool_and(fits) as fits from ptdaemon_analyzers group by all) as verdict
where
    ptdaemon_rows.fits is null and ptdaemon_rows.file_index = verdict.file_index
    and ptdaemon_rows.row_number = verdict.row_number
"""
_CHANNEL_WATTS = """
create or replace temp view ptdaemon_channel_watts as
select
    file_index, unnest(list_transform(names, lambda name: try_cast(name[3:] as integer))) as channel_index, row_number,
    stated_us, unnest(channel_watts) as watts
from ptdaemon_rows
where fits and line is null and names is not null
union all
select file_index, channel_index, row_number, stated_us, watts
from ptdaemon_analyzers semi join (from ptdaemon_rows where fits) using (file_index, row_number)
union all
select
    file_index, channel_index + unnest(list_transform(names, lambda name: try_cast(name[3:] as integer))), row_number,
    stated_us, unnest(channel_watts)
from ptdaemon_analyzers semi join (from ptdaemon_rows where fits) using (file_index, row_number)
"""
_SAMPLES = f"""
select
    file_index, channel_index, row_number, stated_us, cast(null as double) as interval_s, value,
    cast(null as varchar) as fault
from ptdaemon_regular
union all
select file_index, 0 as channel_index, row_number, stated_us, cast(null as double) as interval_s, value, fault
from ptdaemon_rows
where fits
union all
select
    file_index, channel_index, row_number, stated_us, null as interval_s,
    {value("watts")} as value, {fault("watts", SENTINELS)} as fault
from ptdaemon_channel_watts
"""
_CHANNELS = """
select file_index, channel_index from ptdaemon_regular
union
select file_index, 0 as channel_index from ptdaemon_rows where fits
union
select file_index, channel_index from ptdaemon_channel_watts
order by all
"""
_REJECTS = """
select
    file_index, row_number, line[:500] as line,
    case
        when stated_us is null then 'no time of the form MM-DD-YYYY HH:MM:SS.mmm'
        else 'not the cells of a sample: cut, or of another form'
    end as reason
from ptdaemon_rows
where not coalesce(fits, false)
"""


def sniff(head: bytes, path: Path) -> bool:
    """Return whether the file begins as a PTDaemon log does."""
    return bool(_FIRST.match(head))


def companions(path: Path) -> list[Path]:
    """Return the logs of the benchmark and of the meter's client and server that lie beside a log."""
    return ptdaemon_run.companions_of(path)


def read(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> Reading:
    """Return samples of the whole and of each channel, the declared window, the work and the clock of each file."""
    con.execute(_TABLES)
    _put_lines(con, files)
    con.execute(_ROWS)
    con.execute(_ANALYZERS)
    con.execute(_FITTING_ANALYZERS)
    con.execute(_CHANNEL_WATTS)
    reading = Reading({"samples": con.sql(_SAMPLES), "rejects": con.sql(_REJECTS)})
    runs = {file.index: ptdaemon_run.read_run(file) for file in files}
    found = con.sql(_CHANNELS).fetchall()
    reading.add("channels", [_channel(index, channel, runs[index]) for index, channel in found])
    reading.add("windows", [row for run in runs.values() for row in run.windows])
    reading.add("work", [row for run in runs.values() for row in run.work])
    reading.notes = [note for run in runs.values() for note in run.notes]
    return reading


def _put_lines(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> None:
    waiting, rows = [], 0
    for cut in cut_files(files):
        waiting.append(cut)
        rows += len(cut.lines["line"]) + len(cut.samples.get("value", ()))
        if rows >= _ROWS_AT_ONCE:
            _put(con, waiting)
            waiting, rows = [], 0
    _put(con, waiting)


def _put(con: "duckdb.DuckDBPyConnection", cuts: list[Cut]) -> None:
    import numpy as np

    found = [cut.samples for cut in cuts if cut.samples]
    if found:
        regular = {name: np.concatenate([one[name] for one in found]) for name in COLUMNS}  # read by name
        con.execute("insert into ptdaemon_regular by name select * from regular")
        del regular
    lines = [[*chain.from_iterable(cut.lines[name] for cut in cuts)] for name in ("file_index", "row_number", "line")]
    if lines[0]:
        con.execute("insert into ptdaemon_lines select unnest($1), unnest($2), unnest($3)", lines)


def _channel(file_index: int, channel_index: int, run: "ptdaemon_run.Run") -> dict:
    analyzer, part = divmod(channel_index, _ANALYZER)
    name = "/".join([f"analyzer{analyzer}"] * bool(analyzer) + [f"ch{part}"] * bool(part)) or "total"
    holder = None if not channel_index else f"analyzer{analyzer}" if analyzer and part else "total"
    return {
        "file_index": file_index,
        "channel_index": channel_index,
        "channel": name,
        "component": None if channel_index else "node",
        "boundary": "node_ac",
        "quantity_kind": "gauge",
        "unit": "W",
        "is_measured": True,
        "is_part_of_channel": holder,
        "instrument": run.instrument,
        "sensor_interval_s": run.interval_s,
        "clock": "local",
        "utc_offset_s": run.utc_offset_s,
        "clock_reason": run.clock_reason,
        "facts": json.dumps(run.facts, sort_keys=True) if run.facts else None,
    }
