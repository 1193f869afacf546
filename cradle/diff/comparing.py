"""Compare two opened exports: tables of what moved, of the causes and of what else changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cradle.diff import cells, factors, parameters, parts, totals
from cradle.diff.wanted import Wanted

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]

MOVED_TOTALS = """
select
    scenario_id, impact_category, electricity_view, unit, before, after, change, relative_change, completeness_before,
    completeness_after, licence_set
from totals
order by all
"""
CAUSES_OF_TOTALS = """
select scenario_id, impact_category, electricity_view, cause_kind, cause_id, cause, part
from causes
order by scenario_id, impact_category, electricity_view, abs(part) desc nulls last, cause_kind, cause_id, cause
"""
MOVED_CELLS = """
select
    scenario_id, flow_id, life_cycle_stage, impact_category, electricity_basis, unit, before, after,
    case when not is_other_unit then after - before end as change,
    case when not is_other_unit and before != 0 then (after - before) / abs(before) end as relative_change,
    state_before, state_after
from cells
where coalesce(abs(relative_change) >= $threshold, true)
order by all
"""
CAUSES_OF_CELLS = f"""
select {parts.KEYS}, cause_kind, cause_id, cause, part
from parts
order by {parts.KEYS}, abs(part) desc nulls last, cause_kind, cause_id, cause
"""
CAUSES_IN_SHORT = """
select
    cause_kind,
    cause_id,
    min(cause) as cause,
    count(*) as totals_moved,
    count(distinct scenario_id) as scenarios_moved
from causes
group by cause_kind, cause_id
order by totals_moved desc, cause_kind, cause_id
"""
CORRECTIONS = "select correction_id, change, source_id from corrections order by all"
SOURCES = """
select
    source_id,
    case when a.source_id is null then 'added' when b.source_id is null then 'removed' else 'changed' end as change,
    a.release_id as release_before,
    b.release_id as release_after,
    a.file_sha256 as file_before,
    b.file_sha256 as file_after
from a.sources as a
full join b.sources as b using (source_id)
where
    a.source_id is null
    or b.source_id is null
    or a.release_id is distinct from b.release_id
    or a.file_sha256 is distinct from b.file_sha256
order by all
"""
PUBLISHED = """
select published_value_id, a.computed as before, b.computed as after
from a.published_results as a
inner join b.published_results as b using (published_value_id)
where differs(a.computed, b.computed)
order by all
"""
# what a new scenario says, and what one that is gone said
ONE_SIDED = """
select
    scenario_id, impact_category, electricity_view, unit, a.value as before, b.value as after,
    coalesce(b.licence_set, a.licence_set) as licence_set,
    case when scenario_sides.in_a then 'the scenario is gone' else 'the scenario is new' end as cause
from a.impact_totals as a
full join b.impact_totals as b using (scenario_id, impact_category, electricity_view, unit)
inner join scenario_sides using (scenario_id)
where
    scenario_sides.in_a != scenario_sides.in_b
    and coalesce(a.value, b.value) is not null
    and (len($categories) = 0 or list_contains($categories, impact_category))
order by all
"""
COUNTS = """
select
    count(*) filter (in_a and in_b) as scenarios_in_both,
    (
        select count(*)
        from a.impact_totals as a
        inner join b.impact_totals as b using (scenario_id, impact_category, electricity_view)
        inner join scenario_sides using (scenario_id)
        where len($categories) = 0 or list_contains($categories, impact_category)
    ) as totals_in_both
from scenario_sides
"""


@dataclass
class Comparison:
    """What a comparison found; `moved` holds totals, or cells where those are wanted, each with its `causes`.

    `one_sided` holds the totals of scenarios that are in one of the two exports alone.
    """

    counts: Row
    new_scenarios: list[str]
    gone_scenarios: list[str]
    moved: list[Row] = field(default_factory=list)
    causes: list[Row] = field(default_factory=list)
    corrections: list[Row] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)
    published: list[Row] = field(default_factory=list)
    one_sided: list[Row] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        """Whether any number of the results differs, or a scenario is in one of the two alone."""
        return bool(self.moved or self.new_scenarios or self.gone_scenarios)


def compare(con: "duckdb.DuckDBPyConnection", wanted: Wanted) -> Comparison:
    """The comparison of the schemas `a` and `b` of a connection that `opened` made."""
    values = {
        "scenarios": list(wanted.scenarios),
        "categories": list(wanted.categories),
        "threshold": wanted.threshold,
    }
    con.execute(cells.MACROS)
    for statement in (
        cells.SCENARIOS,
        cells.CELLS,
        parameters.PARAMETERS,
        parameters.INPUTS.format(side="a"),
        parameters.INPUTS.format(side="b"),
        parameters.EDGES,
        parameters.LEAVES,
        factors.CORRECTIONS,
        factors.FACTOR_CAUSES,
        parts.TERMS,
        parts.PIECES,
        parts.PARTS,
        totals.TOTALS,
        totals.CAUSES,
    ):
        _rows(con, statement, values)
    sides = _rows(con, "select * from scenario_sides order by all", values)
    found = Comparison(
        _rows(con, COUNTS, values)[0],
        [row["scenario_id"] for row in sides if not row["in_a"]],
        [row["scenario_id"] for row in sides if not row["in_b"]],
    )
    if wanted.cells:
        found.moved = _with_causes(_rows(con, MOVED_CELLS, values), _rows(con, CAUSES_OF_CELLS, values), parts.KEYS)
    else:
        keys = "scenario_id, impact_category, electricity_view"
        found.moved = _with_causes(_rows(con, MOVED_TOTALS, values), _rows(con, CAUSES_OF_TOTALS, values), keys)
    found.causes = _rows(con, CAUSES_IN_SHORT, values)
    found.corrections = _rows(con, CORRECTIONS, values)
    found.sources = _rows(con, SOURCES, values)
    found.published = _rows(con, PUBLISHED, values)
    found.one_sided = _rows(con, ONE_SIDED, values)
    return found


def _rows(con: "duckdb.DuckDBPyConnection", statement: str, values: Row) -> list[Row]:
    named = {name: value for name, value in values.items() if f"${name}" in statement}
    answer = con.execute(statement, named) if named else con.execute(statement)
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _with_causes(moved: list[Row], causes: Iterable[Row], keys: str) -> list[Row]:
    names = keys.split(", ")
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in causes:
        found.setdefault(tuple(row[name] for name in names), []).append(
            {name: row[name] for name in ("cause_kind", "cause_id", "cause", "part")}
        )
    return [{**row, "causes": found.get(tuple(row[name] for name in names), [])} for row in moved]
