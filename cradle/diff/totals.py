"""Which totals moved, and by how much because of what."""

TOTALS = """
create temp table totals as
select
    scenario_id,
    impact_category,
    electricity_view,
    coalesce(b.unit, a.unit) as unit,
    a.unit != b.unit as is_other_unit,
    a.value as before,
    b.value as after,
    -- a row of both tells of the data of both
    nullif(array_to_string(
        list_sort(list_distinct(string_split(concat_ws('; ', a.licence_set, b.licence_set), '; '))), '; '
    ), '') as licence_set,
    a.completeness as completeness_before,
    b.completeness as completeness_after,
    case when a.unit = b.unit then b.value - a.value end as change,
    case when a.unit = b.unit and a.value != 0 then (b.value - a.value) / abs(a.value) end as relative_change
from a.impact_totals as a
inner join b.impact_totals as b using (scenario_id, impact_category, electricity_view)
inner join scenario_sides using (scenario_id)
where
    (len($categories) = 0 or list_contains($categories, impact_category))
    and (
        differs(a.value, b.value)
        or a.unit != b.unit
        or a.completeness is distinct from b.completeness
    )
    and coalesce(abs(relative_change) >= $threshold, true)
"""

# a total in another unit has no parts: its numbers cannot be taken from one another
CAUSES = """
create temp table causes as
with of_cells as (
    select
        totals.scenario_id,
        totals.impact_category,
        totals.electricity_view,
        parts.cause_kind,
        parts.cause_id,
        min(parts.cause) as cause,
        sum(parts.part order by parts.part) as part
    from totals
    inner join parts
        on
            totals.scenario_id = parts.scenario_id
            and totals.impact_category = parts.impact_category
            and parts.electricity_basis in (totals.electricity_view, 'not_applicable')
    group by all
),
rest as (
    select
        totals.scenario_id,
        totals.impact_category,
        totals.electricity_view,
        any_value(totals.change) - coalesce(sum(of_cells.part order by of_cells.part), 0) as part,
        greatest(abs(any_value(totals.before)), abs(any_value(totals.after))) as scale
    from totals
    left join of_cells using (scenario_id, impact_category, electricity_view)
    where totals.change is not null
    group by all
)
select * from of_cells
union all
select
    scenario_id,
    impact_category,
    electricity_view,
    'unexplained' as cause_kind,
    'total' as cause_id,
    'the cells of the exports do not add up to this change' as cause,
    part
from rest
where abs(part) > 1e-9 * scale
union all
select
    scenario_id,
    impact_category,
    electricity_view,
    'unit' as cause_kind,
    unit as cause_id,
    'the unit is another one: ' || unit || ' now' as cause,
    null as part
from totals
where is_other_unit
"""
