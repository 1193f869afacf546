with

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
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

impacts as (
    select * from {{ ref('impacts') }}
),

bases as (
    select
        'use' as life_cycle_stage,
        'location' as electricity_basis
    union all
    select
        'use' as life_cycle_stage,
        'market' as electricity_basis
),

stages as (
    select
        life_cycle_stages.life_cycle_stage,
        life_cycle_stages.phase,
        coalesce(bases.electricity_basis, 'not_applicable') as electricity_basis
    from life_cycle_stages
    left join bases on life_cycle_stages.life_cycle_stage = bases.life_cycle_stage
),

vocabulary as (
    select
        scenarios.scenario_id,
        service_parts.service_part,
        stages.life_cycle_stage,
        stages.phase,
        impact_categories.impact_category,
        stages.electricity_basis
    from scenarios
    cross join service_parts
    cross join stages
    cross join impact_categories
),

-- the use of something other than electricity has no electricity basis
found as (
    select
        scenario_id,
        service_part,
        life_cycle_stage,
        phase,
        impact_category,
        electricity_basis
    from impacts
),

final as (
    select * from vocabulary
    union
    select * from found
)

select * from final
