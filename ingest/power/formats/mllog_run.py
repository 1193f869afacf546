"""What lies about a node's power log in a submission to MLPerf Training: the log of the run and the stated total."""

import mmap
import re
from dataclasses import dataclass, field
from pathlib import Path

from ingest.power.reading import TraceFile

TOTAL = "total_power.txt"
_TOTAL = re.compile(r"Total Power Usage: *([0-9]+(?:\.[0-9]+)?) *(kWh|Wh|J)\b")


@dataclass
class Run:
    """What is known of one run."""

    begin_us: int | None = None
    end_us: int | None = None
    log_name: str | None = None
    work: list[dict] = field(default_factory=list)
    total: dict[str, object] = field(default_factory=dict)  # of all nodes together, as the submitter prints it


def companions_of(path: Path) -> list[Path]:
    """Return `<run>/total_power.txt` and `<run>.txt` of `<benchmark>/power/<run>/node_1.txt` where they exist."""
    total, log = path.parent / TOTAL, path.parent.parent.parent / f"{path.parent.name}.txt"
    return [file for file in (total, log) if file.is_file()]


def run_id_of(path: Path) -> str | None:
    """Return submitter, system, benchmark and result, where the file lies as the rules of MLPerf Training say."""
    parts = path.parts
    if len(parts) < 7 or parts[-3] != "power" or parts[-6] != "results":
        return None
    return "/".join((parts[-7], parts[-5], parts[-4], parts[-2]))


def read_run(file: TraceFile) -> Run:
    """Return what the companions of a node's log say; nothing where it has none."""
    run = Run()
    for path in file.companions:
        if path.name == TOTAL:
            found = _TOTAL.search(path.read_text("utf-8", "replace")[:10_000])
            if found:
                told = {"value": float(found[1]), "unit": found[2], "in": path.name}
                run.total = {f"stated_run_total_{name}": what for name, what in told.items()}
        elif path.stat().st_size:
            _take_log(run, file, path)
    return run


def _take_log(run: Run, file: TraceFile, path: Path) -> None:
    run.log_name = path.name
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        start, stop = _last(content, b"run_start"), _last(content, b"run_stop")
        trained = _last(content, b"trained_samples") or _last(content, b"train_samples")
        is_gpt3 = b'"gpt3"' in (_last(content, b"submission_benchmark") or b"")
    run.begin_us, run.end_us = _time_us(start), _time_us(stop)
    counted = re.search(rb'"samples_count": ?(\d+)', stop or b"")
    if not counted and trained and stop and (_time_us(trained) or 0) >= (run.end_us or 0):
        counted = re.search(rb'"value": ?(\d+)', trained)
    if counted:
        unit = "token" if is_gpt3 else "sample"  # MLPerf counts the samples of GPT-3 in tokens
        row = {"window_name": "run", "work_unit": unit, "quantity": float(counted[1]), "stated_in": path.name}
        run.work.append({"file_index": file.index, "run_id": run_id_of(file.path), **row})


def _last(content: mmap.mmap, key: bytes) -> bytes | None:
    """The last line with the key; the log of a run has many megabytes of other things."""
    at = content.rfind(b'"key": "' + key + b'"')
    if at < 0:
        return None
    return content[content.rfind(b":::MLLOG", max(0, at - 1000), at) : min(at + 1000, len(content))].split(b"\n")[0]


def _time_us(line: bytes | None) -> int | None:
    found = re.search(rb'"time_ms": ?(\d{1,14})\b', line or b"")
    return int(found[1]) * 1000 if found else None
