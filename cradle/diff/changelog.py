"""The table of changes that a maintainer commits beside the results."""

import csv
import io
from pathlib import Path

from cradle.diff.comparing import Comparison, Row
from cradle.diff.opening import Export
from cradle.diff.rendering import as_words, markdown, number, percentage, together

# the columns of seeds/releases/result_changes.csv
COLUMNS = [
    "old_export_name",
    "new_export_name",
    "changed_on",
    "scenario_id",
    "impact_category",
    "electricity_view",
    "value_before",
    "value_after",
    "unit",
    "cause_kind",
    "cause_id",
    "cause",
    "part_of_change",
    "licence_set",
]
HEAD = ["date", "scenario", "category", "view", "before", "after", "unit", "change", "cause"]


def write_changelog(file: Path, found: Comparison, before: Export, after: Export, date: str | None) -> None:
    """Write the moved totals and their causes: Markdown, or the rows of marts.changelog where the name ends in .csv.

    Rows of CSV are added to those of other pairs of exports that the file holds already; Markdown is written anew.
    """
    text = _rows(file, found, before, after, date) if file.suffix == ".csv" else _page(found, before, after, date)
    file.write_text(text, encoding="utf-8")


def _page(found: Comparison, before: Export, after: Export, date: str | None) -> str:
    rows = []
    for row in together(found.moved):
        change = (
            f"{number(row['change'])} ({percentage(row['relative_change'])})" if row["change"] is not None else "none"
        )
        said = [row["scenario_id"], row["impact_category"], row["electricity_view"]]
        said += [number(row["before"]) or "none", number(row["after"]) or "none", row["unit"], change]
        causes = "; ".join(f"{c['cause_kind']}: {c['cause']} ({number(c['part']) or 'none'})" for c in row["causes"])
        rows.append([date or "", *said, causes or f"{row['completeness_before']} → {row['completeness_after']}"])
    lines = [as_words(f"## {before.name} → {after.name}"), ""]
    for word, names in (("New", found.new_scenarios), ("Gone", found.gone_scenarios)):
        lines += [f"{word} scenarios: {as_words(', '.join(names))}.", ""] if names else []
    lines += markdown(HEAD, rows) or ["No total moved."]
    return "\n".join(lines) + "\n"


def _rows(file: Path, found: Comparison, before: Export, after: Export, date: str | None) -> str:
    kept: list[dict[str, str]] = []
    if file.is_file():
        with file.open(encoding="utf-8", newline="") as content:
            kept = [
                row
                for row in csv.DictReader(content)
                if (row["old_export_name"], row["new_export_name"]) != (before.name, after.name)
            ]
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(kept)
    for row in [*found.moved, *map(_of_one_side, found.one_sided)]:
        nothing = {"cause_kind": "state", "cause_id": "completeness", "part": None}
        nothing["cause"] = f"{row.get('completeness_before')} → {row.get('completeness_after')}"
        for cause in row["causes"] or [nothing]:
            writer.writerow(
                {
                    "old_export_name": before.name,
                    "new_export_name": after.name,
                    "changed_on": date,
                    **{key: row[key] for key in ("scenario_id", "impact_category", "electricity_view", "unit")},
                    "value_before": _exact(row["before"]),
                    "value_after": _exact(row["after"]),
                    **{key: cause[key] for key in ("cause_kind", "cause_id", "cause")},
                    "part_of_change": _exact(cause["part"]),
                    "licence_set": row["licence_set"],
                }
            )
    return text.getvalue()


def _of_one_side(row: Row) -> Row:
    part = -row["before"] if row["after"] is None else row["after"]
    cause = {"cause_kind": "structure", "cause_id": row["scenario_id"], "cause": row["cause"], "part": part}
    return {**row, "causes": [cause]}


def _exact(value: float | None) -> str:
    return "" if value is None else repr(value)
