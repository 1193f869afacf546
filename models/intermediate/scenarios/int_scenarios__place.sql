with

ancestry as (
    select * from {{ ref('int_scenarios__ancestry') }}
),

scenario_geographies as (
    select * from {{ ref('scenario_geographies') }}
),

final as (
    select
        ancestry.scenario_id,
        scenario_geographies.geography_role,
        min_by(scenario_geographies.geography_id, ancestry.distance) as geography_id
    from ancestry
    inner join scenario_geographies on ancestry.ancestor_id = scenario_geographies.scenario_id
    group by ancestry.scenario_id, scenario_geographies.geography_role
)

select * from final
