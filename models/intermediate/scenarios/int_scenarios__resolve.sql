with

ancestry as (
    select * from {{ ref('int_scenarios__ancestry') }}
),

scenarios as (
    select * from {{ ref('scenarios') }}
),

inherited as (
    select
        ancestry.scenario_id,
        {{ nearest('scenarios.factor_set_id', 'ancestry.distance') }} as factor_set_id,
        {{ nearest('scenarios.functional_unit_id', 'ancestry.distance') }} as functional_unit_id,
        {{ nearest('scenarios.period_start', 'ancestry.distance') }} as period_start,
        {{ nearest('scenarios.period_end', 'ancestry.distance') }} as period_end
    from ancestry
    inner join scenarios on ancestry.ancestor_id = scenarios.scenario_id
    group by ancestry.scenario_id
),

final as (
    select
        scenarios.scenario_id,
        scenarios.model_id,
        scenarios.parent_scenario_id,
        scenarios.title as scenario_title,
        inherited.factor_set_id,
        inherited.functional_unit_id,
        inherited.period_start,
        inherited.period_end,
        cast(extract(year from inherited.period_start) as integer) as reference_year,
        case
            when inherited.period_start is null then 'no period is stated: the newest factors'
            when extract(year from inherited.period_start) < extract(year from inherited.period_end)
                then concat(
                    'the first year of a period from ',
                    cast(inherited.period_start as string),
                    ' to ',
                    cast(inherited.period_end as string)
                )
            else 'the year of the period'
        end as year_basis
    from scenarios
    inner join inherited on scenarios.scenario_id = inherited.scenario_id
)

select * from final
