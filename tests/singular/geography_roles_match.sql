-- A place for a role that no flow of the model takes is misspelt; a flow whose role has no place would have none.
with

flow_amounts as (
    select * from {{ ref('flow_amounts') }}
),

scenario_geographies as (
    select * from {{ ref('scenario_geographies') }}
),

roles_of_scenarios as (
    select distinct
        scenario_id,
        geography_role
    from flow_amounts
    where geography_role is not null
),

final as (
    select
        scenario_geographies.scenario_id,
        scenario_geographies.geography_role,
        'no flow of its model takes this role' as finding
    from scenario_geographies
    left join roles_of_scenarios
        on
            scenario_geographies.scenario_id = roles_of_scenarios.scenario_id
            and scenario_geographies.geography_role = roles_of_scenarios.geography_role
    where roles_of_scenarios.scenario_id is null
    union all
    select distinct
        scenario_id,
        geography_role,
        'the scenario gives this role no place' as finding
    from flow_amounts
    where geography_role is not null and geography_id is null
)

select * from final
