"""Which cells moved: a cell is a flow of a scenario in one stage, category and electricity basis."""

# Noise of floating-point sums is no change.
MACROS = """
create macro differs(x, y) as coalesce(
    (x is null) != (y is null) or abs(y - x) > 1e-12 * greatest(abs(x), abs(y)), false
);
create macro shown(x) as coalesce(format('{:.6g}', x), 'none');
"""

# $scenarios and $categories are lists, empty for all.
SCENARIOS = """
create temp table scenario_sides as
select
    coalesce(a.scenario_id, b.scenario_id) as scenario_id,
    a.scenario_id is not null as in_a,
    b.scenario_id is not null as in_b
from (select distinct scenario_id from a.impact_totals) as a
full join (select distinct scenario_id from b.impact_totals) as b on a.scenario_id = b.scenario_id
where len($scenarios) = 0 or list_contains($scenarios, coalesce(a.scenario_id, b.scenario_id))
"""

CELLS = """
create temp table cells as
select
    scenario_id,
    flow_id,
    life_cycle_stage,
    impact_category,
    electricity_basis,
    a.unit is not null as in_a,
    b.unit is not null as in_b,
    coalesce(b.unit, a.unit) as unit,
    a.unit is not null and b.unit is not null and a.unit != b.unit as is_other_unit,
    a.value as before,
    b.value as after,
    a.state as state_before,
    b.state as state_after,
    a.state_reason as reason_before,
    b.state_reason as reason_after,
    a.amount as amount_before,
    b.amount as amount_after,
    a.factor_value as factor_before,
    b.factor_value as factor_after,
    a.factor_id as factor_id_before,
    b.factor_id as factor_id_after,
    a.selection_id as selection_before,
    b.selection_id as selection_after
from a.impacts as a
full join b.impacts as b using (scenario_id, flow_id, life_cycle_stage, impact_category, electricity_basis)
inner join scenario_sides using (scenario_id)
where
    scenario_sides.in_a
    and scenario_sides.in_b
    and (len($categories) = 0 or list_contains($categories, impact_category))
    and (differs(a.value, b.value) or a.unit != b.unit)
"""
