with recursive

scenarios as (
    select * from {{ ref('scenarios') }}
),

ancestry as (
    select
        scenario_id,
        scenario_id as ancestor_id,
        parent_scenario_id as next_ancestor_id,
        0 as distance
    from scenarios

    union all

    select
        ancestry.scenario_id,
        scenarios.scenario_id as ancestor_id,
        scenarios.parent_scenario_id as next_ancestor_id,
        ancestry.distance + 1 as distance
    from ancestry
    inner join scenarios on ancestry.next_ancestor_id = scenarios.scenario_id
    -- a circle of parents ends here and fails the uniqueness test
    where ancestry.distance < 50
),

final as (
    select
        scenario_id,
        ancestor_id,
        distance
    from ancestry
)

select * from final
