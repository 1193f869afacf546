-- Every scenario has every part, stage and category: embodied stages without a basis, use on location and market basis.
with

grid as (
    select * from {{ ref('impacts_by_part_stage_category') }}
),

scenarios as (
    select * from {{ ref('scenarios') }}
),

service_parts as (
    select * from {{ ref('service_parts') }}
),

life_cycle_stages as (
    select * from {{ ref('life_cycle_stages') }}
),

impact_categories as (
    select * from {{ ref('impact_categories') }}
    where is_in_results
),

cells_per_scenario as (
    select
        (select count(*) from service_parts)
        * (select count(*) + 1 from life_cycle_stages)
        * (select count(*) from impact_categories) as cells
),

final as (
    select
        scenarios.scenario_id,
        cells_per_scenario.cells as expected,
        count(grid.scenario_id) as found
    from scenarios
    cross join cells_per_scenario
    left join grid
        on
            scenarios.scenario_id = grid.scenario_id
            and (grid.life_cycle_stage != 'use' or grid.electricity_basis != 'not_applicable')
    group by scenarios.scenario_id, cells_per_scenario.cells
    having count(grid.scenario_id) != cells_per_scenario.cells
)

select * from final
