with

comparisons as (
    select * from {{ ref('comparisons') }}
),

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

views as (
    select 'location' as electricity_view
    union all
    select 'market' as electricity_view
),

declared as (
    select
        comparison_id,
        question,
        dimension,
        base_scenario_id,
        base_electricity_view,
        other_scenario_id,
        other_electricity_view,
        note
    from comparisons
),

of_parents as (
    select
        concat('parent:', scenarios.scenario_id, ':', views.electricity_view) as comparison_id,
        'what does it change in its parent?' as question,
        'parent' as dimension,
        scenarios.parent_scenario_id as base_scenario_id,
        views.electricity_view as base_electricity_view,
        scenarios.scenario_id as other_scenario_id,
        views.electricity_view as other_electricity_view,
        cast(null as string) as note
    from scenarios
    cross join views
    where scenarios.parent_scenario_id is not null
),

final as (
    select * from declared
    union all
    select * from of_parents
)

select * from final
