-- What causes the difference of two scenarios adds up to it, cells of one side alone included: to 1e-9 of the
-- larger side, and nothing is left where nothing differs.
with

contributions as (
    select * from {{ ref('scenario_comparison') }}
),

totals as (
    select * from {{ ref('scenario_comparison_totals') }}
),

added_up as (
    select
        comparison_id,
        impact_category,
        {{ ordered_sum('contribution') }} as contribution,
        {{ ordered_sum("case when contribution_kind not like 'cell_%' then contribution end") }}
            as contribution_to_common_cells
    from contributions
    group by comparison_id, impact_category
)

select
    totals.comparison_id,
    totals.impact_category,
    totals.base_value,
    totals.other_value,
    totals.difference_of_common_cells,
    added_up.contribution,
    added_up.contribution_to_common_cells
from totals
left join added_up
    on
        totals.comparison_id = added_up.comparison_id
        and totals.impact_category = added_up.impact_category
where
    abs(
        coalesce(totals.other_value, 0) - coalesce(totals.base_value, 0) - coalesce(added_up.contribution, 0)
    ) > 1e-9 * greatest(abs(coalesce(totals.base_value, 0)), abs(coalesce(totals.other_value, 0)))
    or abs(
        coalesce(totals.difference_of_common_cells, 0) - coalesce(added_up.contribution_to_common_cells, 0)
    ) > 1e-9 * greatest(abs(coalesce(totals.base_value, 0)), abs(coalesce(totals.other_value, 0)))
