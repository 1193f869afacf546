"""`cradle study check`: would the seeds build, what do the scenarios of a study lack, and which states come out."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cradle.errors import StudyError
from cradle.study import tables
from cradle.study.adding import lineage, nearest
from cradle.study.boundaries import measured_inside
from cradle.study.failing import findings_of
from cradle.study.findings import Finding, Places, name_of, near
from cradle.study.reading import read_seeds
from cradle.study.removing import own_studies
from cradle.study.seed_file import Seed
from cradle.study.trial import trial

if TYPE_CHECKING:
    import duckdb

EVERY = "all"
CELLS = """
select
    scenario_id, service_part, life_cycle_stage, electricity_basis, impact_category, state, state_reason, completeness,
    value, unit
from marts.impacts_by_part_stage_category where list_contains(?, scenario_id)
order by all
"""
# a flow that lacks a factor is named with its object; where a parameter lacks a value, that is said by itself
WITHOUT_FACTOR = """
select
    scenario_id, object_id, component, life_cycle_stage, electricity_basis, state_reason,
    list(distinct impact_category order by impact_category) as categories,
    list(distinct flow_id order by flow_id) as flows
from marts.impacts
where list_contains(?, scenario_id) and state = 'not_modelled' and amount is not null
group by all order by all
"""
WITHOUT_VALUE = """
select distinct scenario_id, parameter_name, flow_id from intermediate.int_flows__evaluate_terms
where list_contains(?, scenario_id) and value is null order by all
"""


class Report(NamedTuple):
    """The answer of a check: whether the seeds would build, what was found, and the state of each cell."""

    asked: str
    scenarios: list[str]
    findings: list[Finding]
    cells: list[dict[str, Any]]
    reused: bool
    seconds: float

    @property
    def builds(self) -> bool:
        """Whether `cradle build` would publish these seeds."""
        return not any(finding.level == "stops" for finding in self.findings)


def check(project: Path, asked: str = "") -> Report:
    """Check a study, a scenario, all scenarios (`all`) or, with nothing asked, all studies of the user's.

    Raises StudyError where there is no such study or scenario.
    """
    start = time.perf_counter()
    seeds, findings = read_seeds(project / "seeds")
    if findings:
        return Report(asked, [], findings, [], False, time.perf_counter() - start)
    rows = {row.cells["scenario_id"]: row.cells for row in seeds["scenarios"].rows}
    parents = {name: [row["scenario_id"] for row in lineage(seeds["scenarios"], name)[1:]] for name in rows}
    scenarios = _asked_for(asked, seeds, parents)
    places = Places(seeds, parents)
    with trial(project) as tried:
        for failure in tried.failures:
            findings += [one for one in findings_of(failure, places, tried.con) if one not in findings]
        cells: list[dict[str, Any]] = []
        if tried.has_results:
            findings += _without_value(tried.con, scenarios, places, seeds)
            findings += _without_factor(tried.con, scenarios, places)
            findings += measured_inside(tried.con, scenarios, places)
            cells = _dicts(tried.con, CELLS, scenarios)
        reused = tried.reused
    findings += _as_copied(scenarios, seeds, parents)
    findings.sort(key=lambda finding: ("stops", "gap", "to_do").index(finding.level))
    return Report(asked, scenarios, findings, cells, reused, time.perf_counter() - start)


def _asked_for(asked: str, seeds: dict[str, Seed], parents: dict[str, list[str]]) -> list[str]:
    own = own_studies(seeds["study_sources"])
    if asked == EVERY or (not asked and not own):
        return list(parents)
    wanted = {asked} if asked else set(own)
    # a study is its scenario with the variants that have it as a parent, and what else uses its model
    models = {row.cells["scenario_id"]: row.cells["model_id"] for row in seeds["scenarios"].rows}
    found = [name for name in parents if wanted & {name, models[name], *parents[name]}]
    if asked in own and not found:
        raise StudyError(
            f"the study {asked!r} has no scenario",
            where="seeds/service_models/scenarios.csv",
            expected=f"a row with the scenario_id {asked}",
            got="a source of this study and no such row: it was renamed or taken out",
            todo=f"give the row its id back, or take out the rest: cradle study remove {asked}",
        )
    if asked and not found:
        raise StudyError(
            f"there is no study and no scenario {asked!r}",
            where="seeds/service_models/scenarios.csv",
            expected=near(asked, [*own, *parents]) or "one of its scenario_id",
            got=asked,
            todo="add one with `cradle study new`, or check all: cradle study check all",
        )
    return found


def _without_value(
    con: "duckdb.DuckDBPyConnection", scenarios: list[str], places: Places, seeds: dict[str, Seed]
) -> list[Finding]:
    """The stated parameters that are missing, each once with the flows that need it."""
    models = {row.cells["scenario_id"]: row.cells["model_id"] for row in seeds["scenarios"].rows}
    inputs: dict[tuple[str, str], list[str]] = {}
    for row in seeds["derived_parameter_inputs"].rows:
        cells = row.cells
        inputs.setdefault((cells["model_id"], cells["parameter_name"]), []).append(cells["input_name"])
    known: dict[str, set[str]] = {}
    for scenario, name in con.execute(
        "select scenario_id, parameter_name from intermediate.int_parameters__derive where value is not null"
    ).fetchall():
        known.setdefault(scenario, set()).add(name)

    def missing(scenario: str, name: str, seen: tuple[str, ...] = ()) -> set[str]:
        if name in known.get(scenario, set()) or name in seen:
            return set()
        rest = [missing(scenario, step, (*seen, name)) for step in inputs.get((models[scenario], name), [])]
        return set().union(*rest) if any(rest) else {name}

    flows: dict[tuple[str, str], list[str]] = {}
    for scenario, name, flow in con.execute(WITHOUT_VALUE, [scenarios]).fetchall():
        for root in missing(scenario, name):
            flows.setdefault((scenario, root), []).append(flow)
    return [
        Finding(
            "gap",
            f"parameter {name} of {scenario} has no value",
            [place for flow in sorted(set(needing)) for place in places.of_cell("flows", "flow_id", flow)],
            got=f"no row of it; {', '.join(sorted(set(needing)))} "
            + ("need it" if len(set(needing)) > 1 else "needs it"),
            todo=f"add a row {scenario}.{name} to seeds/service_models/parameters.csv; until then no amount",
        )
        for (scenario, name), needing in sorted(flows.items())
    ]


def _without_factor(con: "duckdb.DuckDBPyConnection", scenarios: list[str], places: Places) -> list[Finding]:
    return [
        Finding(
            "gap",
            f"{found['scenario_id']}: {found['object_id']} ({found['component']}), {found['life_cycle_stage']}"
            + (f", {found['electricity_basis']} basis" if found["electricity_basis"] != "not_applicable" else ""),
            [place for flow in found["flows"] for place in places.of_cell("flows", "flow_id", flow)],
            expected=f"a factor for {', '.join(found['categories'])}",
            got=f"not modelled: {found['state_reason']}",
        )
        for found in _dicts(con, WITHOUT_FACTOR, scenarios)
    ]


def _as_copied(scenarios: list[str], seeds: dict[str, Seed], parents: dict[str, list[str]]) -> list[Finding]:
    """Rows whose note still says that they were copied; of those that differ from their origin, the source is open."""
    by_id = {(row.cells["scenario_id"], row.cells["parameter_name"]): row.cells for row in seeds["parameters"].rows}
    untouched: dict[str, list[tuple[str, str]]] = {}
    found = []
    for row in seeds["parameters"].rows:
        scenario, note = row.cells["scenario_id"], row.cells["note"]
        if scenario not in scenarios or not note.startswith(tables.COPIED):
            continue
        origin = by_id.get((note.removeprefix(tables.COPIED).split(",")[0].strip(), row.cells["parameter_name"]))
        if origin and _same(origin, row.cells, ("value", "unit", "low", "high")):
            untouched.setdefault(scenario, []).append((row.cells["parameter_name"], seeds["parameters"].where(row)))
        elif origin and _same(origin, row.cells, ("source_id", "locator", "as_printed")):
            found.append(
                Finding(
                    "to_do",
                    f"{row.cells['parameter_name']} is changed and still cites where the old number is from",
                    [seeds["parameters"].where(row)],
                    expected=f"source_id {tables.OWN_SOURCE}{scenario} or a publication, with locator and as_printed",
                    got=f"{row.cells['value']} {row.cells['unit']} from {row.cells['source_id']}",
                    todo="say where the new number is from, and empty the note",
                )
            )
        else:
            found.append(
                Finding(
                    "to_do",
                    f"{row.cells['parameter_name']} is changed and its note still says that it is copied",
                    [seeds["parameters"].where(row)],
                    got=note[:80],
                    todo="empty the note, or write what is to be known of the number",
                )
            )
    for table in tables.OF_SCENARIOS:
        if (
            table.note and table is not tables.PARAMETERS
        ):  # its rows hold no number: they stand until they are looked at
            seed = seeds[name_of(table.path)]
            for row in seed.rows:
                if row.cells[table.owner] in scenarios and row.cells[table.note].startswith(tables.COPIED):
                    named = (row.cells[table.nearest_by], seed.where(row))
                    untouched.setdefault(row.cells[table.owner], []).append(named)
    found += [
        Finding(
            "to_do",
            f"{len(rows)} parameter{'s' * (len(rows) != 1)} of {scenario} as copied from its template",
            [place for _, place in rows],
            got=", ".join(name for name, _ in rows),
            todo="change each, or keep it and empty its note",
        )
        for scenario, rows in untouched.items()
    ]
    return found + _frame_as_copied(scenarios, seeds)


def _frame_as_copied(scenarios: list[str], seeds: dict[str, Seed]) -> list[Finding]:
    """The functional unit, period and places of a study that are those of its template."""
    found: list[Finding] = []
    origins = {
        row.cells["source_id"].removeprefix(tables.OWN_SOURCE): row.cells["note"].removeprefix(tables.COPIED)
        for row in seeds["study_sources"].rows
        if row.cells["source_id"].startswith(tables.OWN_SOURCE) and row.cells["note"].startswith(tables.COPIED)
    }
    rows = {row.cells["scenario_id"]: row for row in seeds["scenarios"].rows}
    units = {row.cells["functional_unit_id"]: row for row in seeds["functional_units"].rows}
    for study, origin in origins.items():
        if study not in scenarios or origin not in rows:
            continue
        line = lineage(seeds["scenarios"], origin)
        unit = next((row["functional_unit_id"] for row in line if row["functional_unit_id"]), "")
        if {study, unit} <= units.keys() and _same(
            units[study].cells, units[unit].cells, ("task", "functional_quantity")
        ):
            found.append(_to_do("functional unit", study, seeds["functional_units"].where(units[study])))
        start = next((row["period_start"] for row in line if row["period_start"]), "")
        if start and rows[study].cells["period_start"] == start:
            found.append(_to_do("period", study, seeds["scenarios"].where(rows[study])))
        copied = nearest({table: seeds[name_of(table.path)] for table in tables.OF_SCENARIOS}, line)
        there = {row["geography_role"]: row["geography_id"] for row in copied[tables.PLACES]}
        found += [
            _to_do(f"place of {row.cells['geography_role']}", study, seeds["scenario_geographies"].where(row))
            for row in seeds["scenario_geographies"].rows
            if row.cells["scenario_id"] == study
            and there.get(row.cells["geography_role"]) == row.cells["geography_id"]
            and not row.cells["source_id"].startswith(tables.OWN_SOURCE)
        ]
    return found


def _to_do(what: str, study: str, where: str) -> Finding:
    return Finding("to_do", f"the {what} of {study} is that of its template", [where])


def _same(one: dict[str, str], other: dict[str, str], columns: tuple[str, ...]) -> bool:
    return all(one[column] == other[column] for column in columns)


def _dicts(con: "duckdb.DuckDBPyConnection", query: str, scenarios: list[str]) -> list[dict[str, Any]]:
    found = con.execute(query, [scenarios])
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
