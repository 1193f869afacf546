"""A comparison as text: a table for the terminal, Markdown, CSV or JSON."""

import csv
import io
import json
import re
from typing import Any

from cradle.diff.comparing import Comparison, Row
from cradle.diff.opening import Export
from cradle.listed import listed

STYLES = ("table", "json", "csv", "markdown")
OF_TOTALS = ["scenario_id", "impact_category", "electricity_view"]
OF_CELLS = ["scenario_id", "flow_id", "life_cycle_stage", "impact_category", "electricity_basis"]
OF_CAUSES = ["part", "cause_kind", "cause_id", "cause"]
SHOWN_CAUSES = 8  # in the summary; JSON has all


def render(found: Comparison, before: Export, after: Export, style: str, *, cells: bool) -> str:
    """The comparison in one of STYLES."""
    if style == "json":
        return json.dumps(_whole(found, before, after, cells), indent=2, ensure_ascii=False) + "\n"
    keys = OF_CELLS if cells else OF_TOTALS
    if style == "csv":
        return _csv([*keys, "unit", "before", "after", "change", "relative_change", *OF_CAUSES], found.moved)
    head, rows = _shown(keys, found.moved)
    said = summary(found, before, after, cells)
    if style == "markdown":
        return "\n".join([*map(as_words, said), "", *markdown(head, rows)]) + "\n"
    return "\n".join([*map(one_line, said), *([""] if rows else []), *_aligned(head, rows)]) + "\n"


def summary(found: Comparison, before: Export, after: Export, cells: bool = False) -> list[str]:
    """What a reader wants to know first, a line each."""
    lines = [f"{_called(before)} → {_called(after)}"]
    moved, among = ("cell", "") if cells else ("total", f" of {found.counts['totals_in_both']:,}")
    scenarios = len({row["scenario_id"] for row in found.moved})
    lines.append(
        f"{_count(len(found.moved), moved)}{among} moved, in {scenarios:,} of"
        f" {_count(found.counts['scenarios_in_both'], 'scenario')}"
        if found.moved
        else f"no {moved}{among} moved, in {_count(found.counts['scenarios_in_both'], 'scenario')}"
    )
    for word, names in (("new", found.new_scenarios), ("gone", found.gone_scenarios)):
        if names:
            lines.append(f"scenarios {word}: {len(names):,} ({listed(names, 5)})")
    if found.causes:
        lines.append("because of:")
        for row in found.causes[:SHOWN_CAUSES]:
            moves = f"{_count(row['totals_moved'], 'total')} in {_count(row['scenarios_moved'], 'scenario')}"
            lines.append(f"  {row['cause_kind']}: {row['cause']} ({moves})")
        if more := len(found.causes) - SHOWN_CAUSES:
            lines += [f"  and {more:,} more (--format json lists all)"] if more > 0 else []
    for title, rows, key in (
        ("corrections", found.corrections, "correction_id"),
        ("sources", found.sources, "source_id"),
    ):
        if rows:
            names = [f"{row[key]} {row['change']}" for row in rows]
            lines.append(f"{title}: {len(rows):,} differ ({listed(names, 5)})")
    if found.published:
        ids = [row["published_value_id"] for row in found.published]
        lines.append(f"recomputed published results that moved: {len(ids):,} ({listed(ids, 5)})")
    return lines


def markdown(head: list[str], rows: list[list[str]]) -> list[str]:
    """A Markdown table, empty without rows."""
    if not rows:
        return []
    safe = [[as_words(cell) for cell in row] for row in rows]
    return ["| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *safe]]


def one_line(text: str) -> str:
    """The text without line breaks and what else steers a terminal: ids may come from anybody's export."""
    return "".join(mark if mark.isprintable() else " " for mark in text)


def as_words(text: str) -> str:
    """The text as Markdown that is nothing but this text: no markup, no HTML, no further cell."""
    return re.sub(r"([\\`*<>\[\]|&])", r"\\\1", one_line(text))


def number(value: float | None) -> str:
    """A number in six digits; empty for none."""
    return "" if value is None else f"{value:.6g}"


def percentage(share: float | None) -> str:
    """A relative change in per cent, with its sign; empty for none."""
    return "" if share is None else f"{share:+.3g} %" if share == 0 else f"{100 * share:+.3g} %"


def together(moved: list[Row]) -> list[Row]:
    """Totals whose two views moved alike, as one row of the view `both`."""
    found: dict[str, Row] = {}
    for row in moved:
        if "electricity_view" not in row:
            return moved
        alike = json.dumps({key: value for key, value in row.items() if key != "electricity_view"}, sort_keys=True)
        found[alike] = {**row, "electricity_view": "both"} if alike in found else row
    return list(found.values())


def _shown(keys: list[str], moved: list[Row]) -> tuple[list[str], list[list[str]]]:
    head = [
        *(key.removesuffix("_id") for key in keys),
        "before",
        "after",
        "unit",
        "change",
        "relative",
        "part",
        "because of",
    ]
    rows = []
    for row in together(moved):
        said = [*(row[key] for key in keys), number(row["before"]) or "none", number(row["after"]) or "none"]
        said += [row["unit"], number(row["change"]), percentage(row["relative_change"])]
        for cause in row["causes"] or [{"part": None, "cause_kind": "state", "cause": _completeness(row)}]:
            rows.append([*said, number(cause["part"]), f"{cause['cause_kind']}: {cause['cause']}"])
            said = [""] * len(said)
    return head, rows


def _completeness(row: Row) -> str:
    what = "completeness" if "completeness_before" in row else "state"
    return f"{row[f'{what}_before']} → {row[f'{what}_after']}"


def _aligned(head: list[str], rows: list[list[str]]) -> list[str]:
    if not rows:
        return []
    rows = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(len(line[i]) for line in [head, *rows]) for i in range(len(head))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in [head, ["-" * width for width in widths], *rows]
    ]


def _csv(names: list[str], moved: list[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    for row in moved:
        for cause in row["causes"] or [{}]:
            writer.writerow([_exact({**row, **cause}.get(name)) for name in names])
    return text.getvalue()


def _exact(value: Any) -> Any:
    return repr(value) if isinstance(value, float) else value


def _whole(found: Comparison, before: Export, after: Export, cells: bool) -> dict[str, Any]:
    return {
        "before": {"name": before.name, "date": before.date, "version": before.version},
        "after": {"name": after.name, "date": after.date, "version": after.version},
        **found.counts,
        "new_scenarios": found.new_scenarios,
        "gone_scenarios": found.gone_scenarios,
        "causes": found.causes,
        "corrections": found.corrections,
        "sources": found.sources,
        "published_results": found.published,
        "cells" if cells else "totals": found.moved,
    }


def _called(export: Export) -> str:
    return f"{export.name} (Cradle {export.version}{', ' + export.date if export.date else ''})"


def _count(number_of: int, noun: str) -> str:
    return f"{number_of:,} {noun}{'' if number_of == 1 else 's'}"
