with

flow_amounts as (
    select * from {{ ref('flow_amounts') }}
),

objects as (
    select * from {{ ref('objects') }}
),

impact_categories as (
    select * from {{ ref('impact_categories') }}
    where is_in_results
),

life_cycle_stages as (
    select * from {{ ref('life_cycle_stages') }}
),

stages_of_flows as (
    select
        flow_amounts.*,
        objects.object_class,
        life_cycle_stages.life_cycle_stage,
        life_cycle_stages.phase
    from flow_amounts
    inner join objects on flow_amounts.object_id = objects.object_id
    inner join life_cycle_stages
        on
            (flow_amounts.stage_rule = 'from_factor' and life_cycle_stages.phase = 'embodied')
            or (flow_amounts.stage_rule = 'use' and life_cycle_stages.life_cycle_stage = 'use')
),

bases as (
    select 'location' as electricity_basis
    union all
    select 'market' as electricity_basis
    union all
    select 'not_applicable' as electricity_basis
),

final as (
    select
        stages_of_flows.scenario_id,
        stages_of_flows.flow_id,
        stages_of_flows.life_cycle_stage,
        stages_of_flows.phase,
        impact_categories.impact_category,
        impact_categories.unit as category_unit,
        bases.electricity_basis,
        stages_of_flows.factor_set_id,
        stages_of_flows.object_id,
        stages_of_flows.object_class,
        stages_of_flows.component,
        stages_of_flows.geography_id,
        stages_of_flows.reference_year,
        concat_ws(
            '|',
            stages_of_flows.factor_set_id,
            stages_of_flows.object_id,
            stages_of_flows.component,
            stages_of_flows.life_cycle_stage,
            impact_categories.impact_category,
            coalesce(stages_of_flows.geography_id, 'any'),
            bases.electricity_basis,
            coalesce(cast(stages_of_flows.reference_year as string), 'any')
        ) as selection_id
    from stages_of_flows
    cross join impact_categories
    inner join bases
        on
            (stages_of_flows.life_cycle_stage = 'use' and stages_of_flows.object_class = 'electricity')
            = (bases.electricity_basis != 'not_applicable')
)

select * from final
