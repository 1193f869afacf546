"""What lies beside a PTDaemon log in a submission to MLPerf Inference Power: window, work, meter and clock."""

import json
import mmap
import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from ingest.power.reading import TraceFile

# the window and the counts of a log of the load generator; the shared ones are cut to their first and last 20 kB
DETAIL_LOGS = ("mlperf_log_detail.txt", "mlperf_log_detail.txt.head20k", "mlperf_log_detail.txt.tail20k")
SUMMARY_LOG = "mlperf_log_summary.txt"
METER_FILES = ("server.json", "client.json", "client.log", "server.log", "ptd_logs.txt")
WINDOW = "power_begin to power_end"
_COMPANION_BYTES = 8 << 20  # of a JSON that is read whole
_MARK = re.compile(rb",Mark,[^,\r\n]*_(ranging|testing)")
_FIRST_TIME = re.compile(rb"Time,(\d\d-\d\d-\d{4} \d\d:\d\d:\d\d\.\d+),")
_RATE = re.compile(r"^(?:Completed )?(tokens|samples) per second\s*: *([0-9.eE+]+) *$", re.IGNORECASE | re.MULTILINE)
_QUARTER_HOUR, _FAR_S = 900, 120


@dataclass
class Run:
    """What is known of one log from its companions."""

    windows: list[dict] = field(default_factory=list)
    work: list[dict] = field(default_factory=list)
    facts: dict[str, object] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    instrument: str = "SPEC PTDaemon"
    interval_s: float | None = None
    utc_offset_s: int | None = None
    clock_reason: str | None = None


def companions_of(path: Path) -> list[Path]:
    """Return the files of the run of a log that exist: `<run>/mlperf_log_*` and `../power/{client,server}.*`."""
    run = path.parent
    # texts, not paths: nine are asked for beside each of thousands of logs
    near, meter = (f"{run}{os.sep}", f"{run.parent}{os.sep}power{os.sep}")
    names = [near + name for name in (*DETAIL_LOGS, SUMMARY_LOG)]
    names += [meter + name for name in METER_FILES] if os.path.isdir(meter) else []  # noqa: PTH112
    return [Path(name) for name in names if os.path.isfile(name)]  # noqa: PTH113


def read_run(file: TraceFile) -> Run:
    """Return what the companions of a log say; nothing where it has none."""
    run = Run()
    by_name = {path.name: path for path in file.companions}
    details = [by_name[name] for name in DETAIL_LOGS if name in by_name]
    if not file.companions:
        return run
    _take_window(run, file, details)
    _take_work(run, file, details, by_name.get(SUMMARY_LOG))
    with file.path.open("rb") as stream:
        head = stream.read(4096)
    for name in ("server.json", "client.json"):
        if name in by_name and run.clock_reason is None:
            _take_meter(run, file, by_name[name], head)
    return run


def _take_window(run: Run, file: TraceFile, details: list[Path]) -> None:
    found = {key: _last_value(details, key) for key in ("power_begin", "power_end")}
    if not any(found.values()):
        return
    edges = {key: _microseconds(text) if text else None for key, text in found.items()}
    if None in edges.values() or edges["power_begin"] >= edges["power_end"]:
        run.notes.append(f"{file.name}: power_begin and power_end of the log of the load generator are no window")
        return
    run.windows.append(
        {
            "file_index": file.index,
            "window_name": WINDOW,
            "begin_us": edges["power_begin"],
            "end_us": edges["power_end"],
            "rule": "mean_of_positive_inside",
            "stated_in": details[-1].name,
        }
    )


def _take_work(run: Run, file: TraceFile, details: list[Path], summary: Path | None) -> None:
    window = WINDOW if run.windows else None
    if summary:
        for unit, rate in _RATE.findall(summary.read_text("utf-8", "replace")[:100_000]):
            run.work.append(
                {
                    "file_index": file.index,
                    "window_name": window,
                    "work_unit": unit.lower().removesuffix("s"),
                    "quantity_per_s": float(rate),
                    "stated_in": summary.name,
                }
            )
    queries = _last_value(details, "result_query_count")
    if queries and queries.isdigit() and int(queries) > 1:  # Offline sends all its samples as one query
        run.work.append(
            {
                "file_index": file.index,
                "window_name": window,
                "work_unit": "query",
                "quantity": float(queries),
                "stated_in": details[-1].name,
            }
        )


def _take_meter(run: Run, file: TraceFile, companion: Path, head: bytes) -> None:
    if companion.stat().st_size > _COMPANION_BYTES:
        run.notes.append(f"{file.name}: {companion.name} is larger than any published one and was not read")
        return
    try:
        log = json.loads(companion.read_bytes())
        messages = [message for message in log["messages"] if isinstance(message, dict)]
        _take_instrument(run, log)
        _take_clock(run, file, companion.name, messages, head)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        run.notes.append(f"{file.name}: {companion.name} is not the log that MLPerf's power server writes")


def _take_instrument(run: Run, log: dict) -> None:
    replies = {message["cmd"]: message["reply"] for message in log.get("ptd_messages", [])}
    if "Identify" in replies:
        cells = replies["Identify"].split(",")
        model = cells[-1].split(";")[1:2]
        run.instrument = " ".join([cells[0], *(f"({name})" for name in model)])
        run.facts["ptdaemon"] = next((cell.removeprefix("version=") for cell in cells if "version=" in cell), None)
    go = next((cmd for cmd in replies if cmd.startswith("Go,")), "")
    if go.split(",")[1:2] and go.split(",")[1].isdigit():
        run.interval_s = int(go.split(",")[1]) / 1000
    if log.get("ptd_config"):
        run.facts["device_type"] = log["ptd_config"].get("device_type")


def _take_clock(run: Run, file: TraceFile, name: str, messages: list[dict], head: bytes) -> None:
    """The server notes in seconds since 1970 when it told the meter to start, some tenths before the first line."""
    mark, first = _MARK.search(head), _FIRST_TIME.match(head.lstrip(b"\xef\xbb\xbf \r\n"))
    first_us = _microseconds(first[1].decode()) if first else None
    if not mark or first_us is None:
        return
    starts = [m for m in messages if m["cmd"].startswith("session,") and m["cmd"].endswith("start," + mark[1].decode())]
    if not starts:
        return
    behind = starts[-1]["reply_time"] - first_us / 1e6
    offset = round(behind / _QUARTER_HOUR) * _QUARTER_HOUR
    if abs(behind - offset) > _FAR_S or abs(offset) > 14 * 3600:
        run.notes.append(f"{file.name}: the first line is {behind:.0f} s before the start that {name} notes")
        return
    at = datetime.fromtimestamp(starts[-1]["reply_time"], UTC)
    run.utc_offset_s = offset
    run.clock_reason = (
        f"{name} notes the start at {at:%Y-%m-%d %H:%M:%S} UTC, the first line stands {offset:+d} s from it: "
        + ("the log is in UTC" if not offset else "the log is in local time")
    )


def _last_value(logs: list[Path], key: str) -> str | None:
    """The value of the last line with the key, as text; a log may be of many gigabytes and is not read whole."""
    needle = re.compile(rb'"key": ?"' + key.encode() + rb'", ?"value": ?"?([^",}\n]{1,60})')
    for path in reversed(logs):
        if not path.stat().st_size:
            continue
        with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
            at = content.rfind(b'"' + key.encode() + b'"')
            found = needle.search(content, max(0, at - 20), at + 200) if at >= 0 else None
            if found:
                return found[1].decode("ascii", "replace")
    return None


def _microseconds(text: str) -> int | None:
    try:
        stated = datetime.strptime(text, "%m-%d-%Y %H:%M:%S.%f").replace(tzinfo=UTC)
    except ValueError:
        return None
    return round(stated.timestamp() * 1000) * 1000
