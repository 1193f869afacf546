"""`cradle study new`: the rows of a scenario, copied under a new id."""

import re
from pathlib import Path
from typing import NamedTuple

from cradle.errors import StudyError
from cradle.near import near_names
from cradle.study import tables, templates
from cradle.study.seed_file import Seed, read, with_rows
from cradle.study.writing import one_at_a_time, write_all

PATTERN = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
LONGEST = 60  # ids are joined to longer ones, and become names of rows that people read


class Added(NamedTuple):
    """What was written: seed -> first line and number of rows, and what to say of it."""

    rows: dict[str, tuple[int, int]]
    origin: str
    model_id: str
    factor_set_id: str


def add(seeds: Path, study: str, like: str, title: str = "", factor_set: str = "", with_model: bool = False) -> Added:
    """Copy what the scenario `like` needs into the seeds under the id `study`; with its model where asked for.

    Numbers keep the source, place and print that they come from; they are `estimated` for the new service, and their
    note says what they were copied from. Raises StudyError, and OSError where the seeds cannot be written; nothing is
    written then.
    """
    _refuse_bad_id(study)
    _refuse_bad_title(title)
    with one_at_a_time(seeds):
        found = {table: read(seeds, table.path) for table in tables.ALL}
        _refuse_id_in_use(study, found)
        rows = _copies(study, like, title, factor_set, with_model, found, seeds)
        texts = {table.path: with_rows(found[table], new) for table, new in rows.items() if new}
        written = {table.path: (_next_line(found[table]), len(new)) for table, new in rows.items() if new}
        write_all(seeds, texts)
    scenario = rows[tables.SCENARIOS][0]
    return Added(written, like, scenario["model_id"], scenario["factor_set_id"])


def lineage(scenarios: Seed, scenario_id: str) -> list[dict[str, str]]:
    """The rows of a scenario and its parents, the nearest first. Raises StudyError for none of that name."""
    rows = {row.cells["scenario_id"]: row.cells for row in scenarios.rows}
    if scenario_id not in rows:
        near = near_names(scenario_id, rows, 3)
        raise StudyError(
            f"there is no scenario {scenario_id!r} to copy",
            where=f"seeds/{scenarios.path}",
            expected="one of its scenario_id" + (f", such as {', '.join(near)}" if near else ""),
            got=scenario_id,
            todo="take one of these:\n    " + "\n    ".join(templates.commands()),
        )
    found, step = [], scenario_id
    while step in rows and rows[step] not in found:
        found.append(rows[step])
        step = rows[step]["parent_scenario_id"]
    return found


def asked_for(model_id: str, found: dict[tables.Table, Seed]) -> dict[str, set[str]]:
    """The parameters and the roles that the flows and derivations of a model take."""
    flows = [row.cells for row in found[tables.FLOWS].rows if row.cells["model_id"] == model_id]
    flow_ids = {flow["flow_id"] for flow in flows}
    terms = {row.cells["parameter_name"] for row in found[tables.FLOW_TERMS].rows if row.cells["flow_id"] in flow_ids}
    derived = {row.cells["parameter_name"] for row in found[tables.DERIVED].rows if row.cells["model_id"] == model_id}
    inputs = {row.cells["input_name"] for row in found[tables.DERIVED_INPUTS].rows if row.cells["model_id"] == model_id}
    return {"parameter": terms | derived | inputs, "role": {flow["geography_role"] for flow in flows} - {""}}


def nearest(found: dict[tables.Table, Seed], line: list[dict[str, str]]) -> dict[tables.Table, list[dict[str, str]]]:
    """What a scenario states or takes from its parents: for each parameter and role the rows of the nearest.

    Tables that answer to the same name (`asked_for`) share it: what one of them states nearby hides all others.
    """
    rows: dict[tables.Table, list[dict[str, str]]] = {table: [] for table in tables.OF_SCENARIOS}
    stated: set[tuple[str, str]] = set()
    for scenario in line:
        here = [
            (table, row.cells, (table.asked_for, row.cells[table.nearest_by]))
            for table in tables.OF_SCENARIOS
            for row in found[table].rows
            if row.cells[table.owner] == scenario["scenario_id"]
        ]
        for table, cells, name in here:
            if name not in stated:
                rows[table].append(cells)
        stated |= {name for _, _, name in here}
    return rows


def _copies(
    study: str, like: str, title: str, factor_set: str, with_model: bool, found: dict[tables.Table, Seed], seeds: Path
) -> dict[tables.Table, list[dict[str, str]]]:
    line = lineage(found[tables.SCENARIOS], like)
    model_id = line[0]["model_id"]
    scenario = _resolved(line) | {"scenario_id": study, "title": title or f"{study} (copied from {like})"}
    functional_unit = scenario["functional_unit_id"]
    scenario |= {"parent_scenario_id": "", "functional_unit_id": study}
    if factor_set:
        _refuse_unknown_factor_set(factor_set, seeds)
        scenario["factor_set_id"] = factor_set
    units = [row.cells for row in found[tables.FUNCTIONAL_UNITS].rows]
    rows = {
        tables.SOURCES: [_source(study, like, title)],
        tables.SCENARIOS: [scenario],
        tables.FUNCTIONAL_UNITS: [
            row | {"functional_unit_id": study} for row in units if row["functional_unit_id"] == functional_unit
        ],
    }
    wanted = asked_for(model_id, found)
    for table, copied in nearest(found, line).items():
        kept = [row for row in copied if not table.asked_for or row[table.nearest_by] in wanted[table.asked_for]]
        rows[table] = [_of_scenario(row, table, study) for row in kept]
    if with_model:
        scenario["model_id"] = study
        flow_ids = {row.cells["flow_id"] for row in found[tables.FLOWS].rows if row.cells["model_id"] == model_id}
        for table in tables.OF_MODELS:
            owners = flow_ids if table.owner == "flow_id" else {model_id}
            copied = [row.cells for row in found[table].rows if row.cells[table.owner] in owners]
            rows[table] = [_of_model(row, table, model_id, study, title) for row in copied]
    return rows


def _resolved(line: list[dict[str, str]]) -> dict[str, str]:
    """A scenario with what it takes from its parents; a period keeps its source."""
    resolved = dict(line[0])
    for column in resolved:
        if column != "period_source_id":
            resolved[column] = next((row[column] for row in line if row[column]), "")
    resolved["period_source_id"] = next((row["period_source_id"] for row in line if row["period_start"]), "")
    return resolved


def _source(study: str, like: str, title: str) -> dict[str, str]:
    return {
        "source_id": f"{tables.OWN_SOURCE}{study}",
        "producer": "The user of this warehouse",
        "title": title or study,
        "licence_id": "LicenseRef-user-declared",
        "redistributable": "no",
        "citation": f"Own figures for {title or study}",
        "note": f"{tables.COPIED}{like}",
    }


def _of_scenario(row: dict[str, str], table: tables.Table, study: str) -> dict[str, str]:
    new = row | {table.owner: study} | {column: f"{study}.{row[column].partition('.')[2]}" for column in table.ids}
    if table.note:
        kind = f", {row['kind']} there" if "kind" in row else ""
        new[table.note] = f"{tables.COPIED}{row[table.owner]}{kind}" + (f": {old}" if (old := row[table.note]) else "")
    if "kind" in row:
        new["kind"] = "estimated"
    return new


def _of_model(row: dict[str, str], table: tables.Table, model_id: str, study: str, title: str) -> dict[str, str]:
    new = row | {column: _renamed(row[column], model_id, study) for column in {table.owner, *table.ids}}
    return new | ({"title": title} if title and "title" in new else {})


def _renamed(text: str, old: str, new: str) -> str:
    if not text or text == old:
        return text and new
    return new + text.removeprefix(old) if text.startswith((f"{old}.", f"{old}_")) else f"{new}.{text}"


def _next_line(seed: Seed) -> int:
    if not seed.rows:
        return 1 + max(seed.head.count("\n"), 1)
    last = seed.rows[-1]
    return last.line + max(last.text.count("\n"), 1)


def _refuse_bad_id(study: str) -> None:
    if not PATTERN.fullmatch(study) or len(study) > LONGEST or study == "all":
        raise StudyError(
            "this is no id for a study",
            expected=f"small letters, digits and single underscores, a letter first, at most {LONGEST} characters",
            got=repr(study[: 2 * LONGEST]),
            todo="take an id such as my_service",
        )


def _refuse_bad_title(title: str) -> None:
    if not title.isprintable() or title != title.strip() or len(title) > 200:
        raise StudyError(
            "this is no title for a study",
            expected="one line of text, at most 200 characters, no blanks around it",
            got=repr(title[:200]),
            todo="give one such as --title 'Our image service'",
        )


def _refuse_id_in_use(study: str, found: dict[tables.Table, Seed]) -> None:
    wanted = {study, f"{tables.OWN_SOURCE}{study}"}
    for seed in found.values():
        for row in seed.rows:
            for column in ("scenario_id", "parent_scenario_id", "model_id", "functional_unit_id", "source_id"):
                if row.cells.get(column) in wanted:
                    raise StudyError(
                        f"the id {study!r} is in use",
                        where=f"{seed.where(row)}, column {column}",
                        expected="an id that no row has",
                        todo=f"take another one, or remove a study of your own first: cradle study remove {study}",
                    )


def _refuse_unknown_factor_set(factor_set: str, seeds: Path) -> None:
    known = [row.cells["factor_set_id"] for row in read(seeds, "factors/factor_sets.csv").rows]
    if factor_set not in known:
        raise StudyError(
            f"there is no factor set {factor_set!r}",
            where="seeds/factors/factor_sets.csv",
            expected=", ".join(name for name in known if not name.startswith("as_published__")),
            got=factor_set,
            todo="take one of these, such as --factor-set open_default",
        )
