"""Windows that the user declares: when each run began and ended, for meters that log a whole day, and what it did."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cradle.errors import ParseError
from ingest.csv_rows import rows_of
from ingest.power.said import Said
from ingest.power.window_clocks import spans_of_files

if TYPE_CHECKING:
    import duckdb

NEEDED = ("window_name", "begin", "end")
OPTIONAL = ("run_id", "file", "task", "work_unit", "work_amount")
WHOLE_TRACE = "whole_trace"
NAMED_IN_NOTES = 5
MOST_WORK, MOST_BYTES = 1e24, 64 << 20
LAST_SECOND = 253_402_300_800  # year 10000: a larger number is in milliseconds or finer


@dataclass(frozen=True)
class DeclaredWindow:
    """One row of the file: instants in microseconds since 1970, a pattern of the names of the files it is for."""

    window_name: str
    begin_us: int
    end_us: int
    run_id: str | None
    pattern: str
    where: str
    task: str | None = None
    work_unit: str | None = None
    work_amount: float | None = None


def read_windows(file: Path, timezone: str | None) -> list[DeclaredWindow]:
    """Return the windows of a CSV; a local time is read in `timezone`. Raises ParseError that names the row."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise _refused(file.name, f"at most {MOST_BYTES:,} bytes", f"{file.stat().st_size:,} bytes")
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _refused(str(file), "a CSV in UTF-8", str(error)) from None
    header, *rows = rows_of(text, file.name)
    names = [name.strip() for name in header]
    unknown = set(names) - {*NEEDED, *OPTIONAL}
    if unknown or len(set(names)) < len(names) or not set(NEEDED) <= set(names):
        raise _refused(file.name, f"the columns {', '.join(NEEDED)}; with or without {', '.join(OPTIONAL)}", header)
    if not rows:
        raise _refused(file.name, "a row for each window", "no row")
    return [
        _window(dict(zip(names, map(str.strip, row), strict=True)), f"{file.name}, row {number}", timezone)
        for number, row in enumerate(rows, 1)
    ]


def put_windows(con: "duckdb.DuckDBPyConnection", said: Said) -> list[str]:
    """Add the windows that the user declares, with their work, to those of the files; return notes.

    A window is for the files of its pattern whose clock is known and whose samples reach into it.
    Raises ParseError for a name that a file already has.
    """
    import polars as pl

    if said.windows is None:
        return []
    declared = read_windows(said.windows, said.timezone)
    spans = [span for span in spans_of_files(con) if span.is_on_known_clock]
    taken = set(con.execute("select file_index, window_name from windows").fetchall())
    runs_of = dict(con.execute("select file_index, list(distinct run_id) from keyed_channels group by 1").fetchall())
    rows, work, unreached = [], [], []
    for window in declared:
        reached = [
            span.file_index
            for span in spans
            if span.meets(window.begin_us, window.end_us) and fnmatchcase(span.file_name, window.pattern)
        ]
        if not reached:
            unreached.append(window.window_name)
        runs = {window.run_id} if window.run_id else {run for index in reached for run in runs_of[index]}
        if window.work_unit and len(runs) > 1:
            expected = "the run_id of these files, which then did the work together, or a row for each with its file"
            raise _refused(window.where, expected, f"work of {window.window_name!r} for {len(runs)} runs")
        for index in reached:
            if (index, window.window_name) in taken:
                raise _refused(window.where, "one window of a name in a file", f"{window.window_name!r} once more")
            taken.add((index, window.window_name))
            rows.append(
                {
                    "file_index": index,
                    "window_name": window.window_name,
                    "run_id": window.run_id,
                    "begin_us": window.begin_us,
                    "end_us": window.end_us,
                    "stated_in": said.windows.name,
                }
            )
            if window.work_unit:
                done = {"task": window.task, "work_unit": window.work_unit, "quantity": window.work_amount}
                of_window = {key: rows[-1][key] for key in ("file_index", "window_name", "stated_in")}
                work.append(of_window | {"run_id": min(runs)} | done)
    for table, found in (("windows", rows), ("work", work)):
        if found:
            con.register("incoming", pl.DataFrame(found, infer_schema_length=None))
            con.execute(f"insert into {table} by name select * from incoming")
            con.unregister("incoming")
    return _notes(unreached)


def _window(row: dict[str, str], where: str, timezone: str | None) -> DeclaredWindow:
    name = row["window_name"]
    if not name or name == WHOLE_TRACE or not name.isprintable():
        raise _refused(where, f"a name of the window other than {WHOLE_TRACE}", name or "an empty one")
    begin_us, end_us = (_instant(row[end], f"{where}, {end}", timezone) for end in ("begin", "end"))
    if end_us <= begin_us:
        raise _refused(where, "an end after its begin", f"{row['begin']} to {row['end']}")
    told = (row.get("run_id") or None, row.get("file") or "*", where)
    return DeclaredWindow(name, begin_us, end_us, *told, row.get("task") or None, *_work(row, where))


def _work(row: dict[str, str], where: str) -> tuple[str | None, float | None]:
    unit, text = row.get("work_unit") or None, row.get("work_amount") or None
    if unit is None and text is None and not row.get("task"):
        return None, None
    if unit is None or text is None or not re.fullmatch(r"[a-z][a-z_]{0,39}", unit):
        expected = "work_unit (one word as step, image, token) and work_amount together, with or without task"
        raise _refused(where, expected, f"{row.get('work_unit') or 'no unit'}, {text or 'no amount'}")
    try:
        amount = float(text)
    except ValueError:
        amount = None
    if amount is None or not isfinite(amount) or not 0 < amount <= MOST_WORK:
        raise _refused(f"{where}, work_amount", "a number above 0", text)
    return unit, amount


def _instant(text: str, where: str, timezone: str | None) -> int:
    expected = "seconds since 1970, or a time as 2026-11-22T14:00:00+01:00"
    try:
        seconds = float(text)
    except ValueError:
        seconds = None
    if seconds is not None:
        if not isfinite(seconds) or not 0 <= seconds < LAST_SECOND:
            raise _refused(where, expected, text)
        return round(seconds * 1_000_000)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _refused(where, expected, text or "an empty cell") from None
    if moment.tzinfo is None:
        if timezone is None:
            raise _refused(where, f"{expected}; a local time needs --timezone", text)
        moment = moment.replace(tzinfo=ZoneInfo(timezone))
    since = moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _notes(unreached: list[str]) -> list[str]:
    if not unreached:
        return []
    more = f" and {len(unreached) - NAMED_IN_NOTES} more" if len(unreached) > NAMED_IN_NOTES else ""
    named = ", ".join(unreached[:NAMED_IN_NOTES])
    return [f"windows that no sample on a known clock reaches: {named}{more}"]


def _refused(where: str, expected: str, got: object) -> ParseError:
    return ParseError(
        "A declared window cannot be read", where=where, expected=expected, got=str(got)[:200], todo="mend the file"
    )
