"""The report of a check as text to read and as JSON."""

import json
from typing import Any

from cradle.listed import listed
from cradle.study.checking import Report
from cradle.study.findings import Finding

TITLES = {"stops": "The build would stop", "gap": "Missing, without stopping the build", "to_do": "Still to look at"}
MOST_LINES = 40


def as_json(report: Report) -> str:
    """All of the report: `builds`, `findings` and `cells` with the state of each."""
    return json.dumps(
        {
            "asked": report.asked,
            "builds": report.builds,
            "scenarios": report.scenarios,
            "findings": [finding._asdict() for finding in report.findings],
            "cells": report.cells,
            "seconds": round(report.seconds, 1),
        },
        ensure_ascii=False,
        default=str,
        indent=1,
    )


def as_text(report: Report) -> str:
    """The report in sections; a long list is cut and says so."""
    lines = []
    for level, title in TITLES.items():
        findings = [finding for finding in report.findings if finding.level == level]
        if findings:
            lines += [f"{title} ({len(findings)}):"]
            for finding in findings[:MOST_LINES]:
                lines += _finding(finding)
            if len(findings) > MOST_LINES:
                lines.append(f"  and {len(findings) - MOST_LINES} more: --json has all")
            lines.append("")
    if len(report.scenarios) > 5:
        lines += [_counted(report.cells), ""] if report.cells else []
    else:
        for scenario in report.scenarios:
            lines += _states([cell for cell in report.cells if cell["scenario_id"] == scenario], scenario)
    lines.append(_verdict(report))
    return "\n".join(lines)


def _finding(finding: Finding) -> list[str]:
    first = finding.where[0] if finding.where else ""
    lines = [f"  {first}: {finding.what}" if first else f"  {finding.what}"]
    more = {"expected": finding.expected, "got": finding.got, "what to do": finding.todo}
    also = finding.where[1:]
    if also:
        more["also"] = listed(also, 6)
    return lines + [f"    {label}: {text}" for label, text in more.items() if text]


def _states(cells: list[dict[str, Any]], scenario: str) -> list[str]:
    """What each cell will be: categories of the same part, stage and state in one line."""
    if not cells:
        return []
    lines, empty = [f"The cells of {scenario}:"], []
    for part in dict.fromkeys(cell["service_part"] for cell in cells):
        of_part = [cell for cell in cells if cell["service_part"] == part]
        groups: dict[tuple[str, ...], list[str]] = {}
        for cell in of_part:
            basis = "" if cell["electricity_basis"] == "not_applicable" else f" ({cell['electricity_basis']})"
            state = cell["state"] + (", in part" if cell["completeness"] == "partial" else "")
            key = (cell["life_cycle_stage"] + basis, state, cell["state_reason"] or "")
            groups.setdefault(key, []).append(cell["impact_category"])
        if all(
            cell["state_reason"] == "the model has no flow here"
            for cell in of_part
            if cell["state"] != "not_applicable"
        ):
            empty.append(part)
            continue
        lines.append(f"  {part}")
        for (stage, state, reason), categories in groups.items():
            if reason == "the model has no flow here":
                continue
            lines.append(f"    {stage}: {state}: {listed(categories, 8)}" + (f": {reason}" if reason else ""))
    if empty:
        lines.append(f"  {', '.join(empty)}: not_modelled: the model has no flow there")
    return [*lines, ""]


def _counted(cells: list[dict[str, Any]]) -> str:
    counts: dict[str, int] = {}
    for cell in cells:
        counts[cell["state"]] = counts.get(cell["state"], 0) + 1
    return "Cells: " + ", ".join(f"{count:,} {state}" for state, count in sorted(counts.items()))


def _verdict(report: Report) -> str:
    stops = sum(finding.level == "stops" for finding in report.findings)
    what = f"{len(report.scenarios)} scenario{'s' * (len(report.scenarios) != 1)}"
    if stops:
        return f"This would not build: {stops} to mend. Checked in {report.seconds:.0f} s; the warehouse is untouched."
    return (
        f"This would build ({what}). Checked in {report.seconds:.0f} s; the warehouse is untouched: run `cradle build`."
    )
