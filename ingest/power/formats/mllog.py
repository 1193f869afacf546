"""MLPerf Training Power node files: one `:::MLLOG {json}` line a reading of watts, times in ms since 1970.

A node file says neither which side of the power supply it measures nor by what: the boundary stays open, and the
instrument says that it is not stated. The total that a submitter prints is of all nodes of the run, so it is a fact of
the run beside each node and no figure of a window, which would be of that node alone.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.power.formats import mllog_run
from ingest.power.formats.number_cells import fault, value
from ingest.power.formats.text_lines import NOT_BLANK, run_on_lines
from ingest.power.reading import Reading, TraceFile

if TYPE_CHECKING:
    import duckdb

NAME = "mllog"
TITLE = "MLPerf Training power log (:::MLLOG lines with power_reading)"
_BEGIN = b":::MLLOG "
_KEYS = (b'"power_reading"', b'"power_measurement_start"', b'"interconnect_power_est"')
_INSTRUMENT = "not stated (MLPerf Training power log)"
_CHANNELS = {0: "power_reading", 1: "interconnect_power_est"}

_TABLE = """
create or replace temp table mllog_rows (
    file_index integer, row_number bigint, event varchar, time_ms varchar, number varchar, metadata varchar,
    line varchar
)
"""
_ROWS = f"""
insert into mllog_rows
select
    file_index, row_number, cells[1], cells[2], cells[3], cells[4],
    case when cells[2] is null or cells[1] is null then line end
from (
    select
        file_index, row_number, line,
        case
            when starts_with(line, ':::MLLOG ') and json_valid(line[10:])
                then json_extract_string(line[10:], ['$.key', '$.time_ms', '$.value', '$.metadata'])
        end as cells
    from {{lines}}
)
where {NOT_BLANK}
"""
_TIME_US = "cast(round(try_cast(time_ms as double) * 1000) as bigint)"
_IS_SAMPLE = "event in ('power_reading', 'interconnect_power_est') and try_cast(time_ms as double) between 0 and 1e14"
_SAMPLES = f"""
select
    file_index, if(event = 'power_reading', 0, 1) as channel_index, row_number, {_TIME_US} as stated_us,
    cast(null as double) as interval_s, {value("number")} as value, {fault("number")} as fault
from mllog_rows
where {_IS_SAMPLE}
"""
_EVENTS = "('power_measurement_start', 'power_measurement_stop', 'conversion_eff')"
_REJECTS = f"""
select
    file_index, row_number, coalesce(line, event || ' at ' || coalesce(time_ms, 'no time'))[:500] as line,
    case
        when line is not null then 'no :::MLLOG line with key and time_ms: cut, or of another form'
        when event like '%power%' then 'the time is no number of milliseconds'
        else 'a key that no power log has'
    end as reason
from mllog_rows
where not coalesce({_IS_SAMPLE}, false) and not coalesce(event in {_EVENTS}, false)
"""
_FOUND = f"""
select
    file_index,
    count(*) filter (event = 'power_reading') > 0 as has_readings,
    count(*) filter (event = 'interconnect_power_est') > 0 as has_estimate,
    min(case when event = 'power_measurement_start' then {_TIME_US} end) as begin_us,
    max(case when event = 'power_measurement_stop' then {_TIME_US} end) as end_us,
    any_value(number) filter (event = 'conversion_eff') as conversion_eff,
    any_value(metadata) filter (metadata not in ('', 'null')) as metadata
from mllog_rows
where line is null
group by file_index
order by file_index
"""


def sniff(head: bytes, path: Path) -> bool:
    """Return whether the lines are MLLOG lines with the keys of a power log."""
    return head.lstrip(b"\xef\xbb\xbf \r\n").startswith(_BEGIN) and any(key in head for key in _KEYS)


def companions(path: Path) -> list[Path]:
    """Return the log of the run and the total that the submitter states, where they lie about a node's file."""
    return mllog_run.companions_of(path)


def read(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> Reading:
    """Return the readings of each node, the window of the meter and of the run, and the samples that were trained."""
    con.execute(_TABLE)
    run_on_lines(con, files, _ROWS)
    by_index, runs = {file.index: file for file in files}, {}
    channels, windows, notes = [], [], []
    for index, has_readings, has_estimate, begin_us, end_us, conversion_eff, metadata in con.sql(_FOUND).fetchall():
        file = by_index[index]
        run = runs.setdefault(mllog_run.run_id_of(file.path) or file.name, mllog_run.read_run(file))
        facts = {"conversion_eff": conversion_eff, "metadata": metadata}
        for channel in [n for n, is_there in enumerate((has_readings, has_estimate)) if is_there]:
            # the total does not hold the estimate of an interconnect
            channels.append(_channel(file, channel, facts if channel else facts | run.total))
        windows += _windows(file, begin_us, end_us, run, notes)
    reading = Reading({"samples": con.sql(_SAMPLES), "rejects": con.sql(_REJECTS)}, notes)
    reading.add("channels", channels)
    reading.add("windows", windows)
    reading.add("work", [row for run in runs.values() for row in run.work])
    return reading


def _channel(file: TraceFile, channel_index: int, facts: dict) -> dict:
    known = {key: value for key, value in facts.items() if value is not None}
    return {
        "file_index": file.index,
        "channel_index": channel_index,
        "run_id": mllog_run.run_id_of(file.path),
        "device_id": file.path.stem,
        "channel": _CHANNELS[channel_index],
        "component": "other" if channel_index else "node",
        "quantity_kind": "gauge",
        "unit": "W",
        "is_measured": not channel_index,
        "instrument": _INSTRUMENT,
        "clock": "utc",
        "clock_reason": "time_ms counts from 1970 in UTC",
        "facts": json.dumps(known, sort_keys=True) if known else None,
    }


def _windows(file: TraceFile, begin_us: int | None, end_us: int | None, run: mllog_run.Run, notes: list) -> list[dict]:
    rows = []
    if begin_us is not None and end_us is not None:
        if begin_us < end_us:
            rows.append({"window_name": "power_measurement", "begin_us": begin_us, "end_us": end_us})
        else:
            notes.append(f"{file.name}: power_measurement_stop is not after power_measurement_start")
    if run.begin_us is not None and run.end_us is not None and run.begin_us < run.end_us:
        edges = {"begin_us": run.begin_us, "end_us": run.end_us}
        rows.append({"window_name": "run", "rule": "right_sum_inside", "stated_in": run.log_name, **edges})
    return [{"file_index": file.index, **row} for row in rows]
