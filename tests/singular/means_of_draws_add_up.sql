-- Ends of ranges do not add up, means of the same draws do: those of the cells, of the parts and of the stages give the
-- mean of the whole. A distribution of less than its cell would show here.
with

uncertainty as (
    select * from {{ ref('uncertainty') }}
),

added_up as (
    select
        scenario_id,
        impact_category,
        electricity_view,
        sum(case when service_part = 'all' and life_cycle_stage = 'all' then mean end) as mean_of_whole,
        sum(case when service_part != 'all' and life_cycle_stage != 'all' then mean end) as mean_of_cells,
        sum(case when service_part != 'all' and life_cycle_stage = 'all' then mean end) as mean_of_parts,
        sum(case when service_part = 'all' and life_cycle_stage != 'all' then mean end) as mean_of_stages,
        -- a credit may leave nothing of a sum of large terms
        sum(case when service_part != 'all' and life_cycle_stage != 'all' then abs(mean) end) as size_of_cells
    from uncertainty
    group by scenario_id, impact_category, electricity_view
)

select *
from added_up
where
    mean_of_whole is null
    or coalesce(abs(mean_of_cells - mean_of_whole) > 1e-9 * size_of_cells, true)
    or coalesce(abs(mean_of_parts - mean_of_whole) > 1e-9 * size_of_cells, true)
    or coalesce(abs(mean_of_stages - mean_of_whole) > 1e-9 * size_of_cells, true)
