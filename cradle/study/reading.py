"""What can be said of the seeds by reading them: their form, cell by cell, with the line of each."""

import re
from pathlib import Path

from cradle.errors import StudyError
from cradle.study.findings import Finding, name_of
from cradle.study.seed_file import Seed, read

WORDS = {"double": "a number", "integer": "a whole number", "bigint": "a whole number", "boolean": "true or false"}
WORDS["date"] = "a date such as 2026-01-31"


def read_seeds(folder: Path) -> tuple[dict[str, Seed], list[Finding]]:
    """Every seed by its name, and a finding for each file and cell that could not be loaded as its column says."""
    types = _column_types(folder)
    seeds, findings = {}, []
    for file in sorted(folder.rglob("*.csv")):
        path, name = file.relative_to(folder).as_posix(), name_of(file)
        try:
            seeds[name] = read(folder, path, list(types[name]) if name in types else None)
        except StudyError as error:
            findings.append(
                Finding("stops", error.what, [error.where], error.expected, error.got, error.todo),
            )
    for missing in sorted(types.keys() - seeds.keys() - {name_of(f.where[0].rsplit(":", 1)[0]) for f in findings}):
        findings.append(Finding("stops", "a seed is missing", [missing], todo=f"git checkout -- seeds, for {missing}"))
    return seeds, findings + _cells_of_another_type(seeds, types)


def _column_types(folder: Path) -> dict[str, dict[str, str]]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found = {}
    for file in sorted(folder.rglob("*.yml")):
        text = yaml.load(file.read_text(encoding="utf-8"), loader) or {}
        for seed in text.get("seeds") or []:
            if types := (seed.get("config") or {}).get("column_types"):
                found[seed["name"]] = types
    return found


def _cells_of_another_type(seeds: dict[str, Seed], types: dict[str, dict[str, str]]) -> list[Finding]:
    """The cells that DuckDB does not take for the type of their column, and numbers that are none (nan, inf)."""
    import duckdb

    texts: dict[str, set[str]] = {}
    typed = [
        (seed, column, of)
        for name, seed in seeds.items()
        for column, of in types.get(name, {}).items()
        if of != "varchar" and column in seed.columns
    ]
    for seed, column, of in typed:
        texts.setdefault(of, set()).update(row.cells[column] for row in seed.rows if row.cells[column])
    with duckdb.connect() as con:
        bad = {
            of: {
                text
                for (text,) in con.execute(
                    f"select text from unnest(?) as t (text) where try_cast(text as {of}) is null"
                    + (" or not isfinite(try_cast(text as double))" if of == "double" else ""),
                    [sorted(found)],
                ).fetchall()
            }
            for of, found in texts.items()
        }
    return [
        Finding(
            "stops",
            f"{column} is not {WORDS.get(of, of)}",
            [seed.where(row)],
            expected=WORDS.get(of, of),
            got=row.cells[column][:80],
            todo="write a point and not a comma in the number, and no marks for thousands"
            if re.fullmatch(r"-?[\d., \u00a0\u202f']+", row.cells[column])
            else "",
        )
        for seed, column, of in typed
        for row in seed.rows
        if row.cells[column] in bad.get(of, set())
    ]
