"""BoAmps reports (JSON): one or more measures of a task. `powerConsumption` is energy in kWh, in spite of its name."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.power.formats.json_records import whole
from ingest.power.formats.record_series import finite
from ingest.power.reading import Reading, TraceFile

if TYPE_CHECKING:
    import duckdb

NAME = "boamps"
TITLE = "BoAmps report (JSON)"
_MARKS = (b'"measures"', b'"powerConsumption"', b'"header"')
_IS_MEASURED = {"constant": False, "cpu_load": False, "rapl": True, "nvml": True}
_USAGES = {"input": "input", "output": "output"}


def sniff(head: bytes, path: Path) -> bool:
    """Return whether the file is an object with a header and measures; a JSON schema is none."""
    is_object = head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{")
    return is_object and all(mark in head for mark in _MARKS) and b'"$schema"' not in head


def companions(path: Path) -> list[Path]:
    """Return none."""
    return []


def read(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> Reading:
    """Return a run total for each measure, and the data and requests of the task as work; raise ParseError."""
    totals, work, rejects = [], [], []
    for file in files:
        report = whole(file)
        measures = report.get("measures") if isinstance(report, dict) else None
        if not isinstance(measures, list):
            rejects.append({"file_index": file.index, "row_number": 1, "reason": "the report has no list of measures"})
            continue
        header = report.get("header") if isinstance(report.get("header"), dict) else {}
        run_id = header.get("reportId")
        for number, measure in enumerate(measures, 1):
            if isinstance(measure, dict):
                totals.append(_total(file, number, run_id, measure, report))
            else:
                row = {"file_index": file.index, "row_number": number, "line": str(measure)[:500]}
                rejects.append({**row, "reason": "the measure is no object"})
        work += _work(file, run_id, report.get("task"))
    reading = Reading()
    for name, rows in (("run_totals", totals), ("work", work), ("rejects", rejects)):
        reading.add(name, rows)
    return reading


def _total(file: TraceFile, number: int, run_id: str | None, measure: dict, report: dict) -> dict:
    ended_us = None  # measurementDateTime is not said to be the start or the end
    task = report.get("task") if isinstance(report.get("task"), dict) else {}
    tracking = {part: str(measure.get(f"{part}TrackingMode")).lower() for part in ("cpu", "gpu")}
    known = {name: what for name, what in measure.items() if isinstance(what, str | bool)}
    known |= {"stated_us": _time(measure.get("measurementDateTime"))}
    return {
        "file_index": file.index,
        "row_number": number,
        "run_id": run_id,
        "task": "/".join(str(task[name]) for name in ("taskStage", "taskFamily") if task.get(name)) or None,
        "ended_us": ended_us,
        "clock": "none",
        "duration_s": _text(measure.get("measurementDuration")),
        "energy_kwh": _text(measure.get("powerConsumption")),
        "cpu_is_measured": _IS_MEASURED.get(tracking["cpu"]),
        "gpu_is_measured": _IS_MEASURED.get(tracking["gpu"]),
        "instrument": " ".join(str(measure[k]) for k in ("measurementMethod", "version") if measure.get(k)) or None,
        "facts": json.dumps(known, sort_keys=True),
    }


def _work(file: TraceFile, run_id: str | None, task: object) -> list[dict]:
    if not isinstance(task, dict):
        return []
    counted = [("request", task.get("nbRequest"))]
    for data in task.get("dataset") or []:
        if isinstance(data, dict):
            unit = "_".join(str(part) for part in (_USAGES.get(data.get("dataUsage")), data.get("dataType")) if part)
            counted.append((unit, data.get("dataQuantity")))
    return [
        {
            "file_index": file.index,
            "run_id": run_id,
            "work_unit": unit,
            "quantity": finite(quantity),
            "stated_in": file.name,
        }
        for unit, quantity in counted
        if unit and finite(quantity) is not None
    ]


def _text(number: object) -> str | None:
    return number if isinstance(number, str) else None


def _time(text: object) -> int | None:
    try:
        return round(datetime.fromisoformat(str(text)).replace(tzinfo=UTC).timestamp() * 1e6)
    except ValueError:
        return None
