with

grid as (
    select * from {{ ref('impacts_by_part_stage_category') }}
    -- what cannot be there says nothing about the service
    where state != 'not_applicable'
),

uncertainty as (
    select * from {{ ref('uncertainty') }}
),

views as (
    select 'location' as electricity_view
    union all
    select 'market' as electricity_view
),

-- a view takes one of the two bases of electricity and all that is none
viewed as (
    select
        grid.*,
        views.electricity_view,
        row_number() over (
            partition by
                grid.scenario_id,
                grid.impact_category,
                views.electricity_view,
                grid.service_part,
                grid.life_cycle_stage
            order by
                case
                    when grid.state = 'modelled' then 1
                    when grid.state = 'withheld' then 2
                    when grid.flows_expected > 0 then 3
                    when grid.state = 'included_elsewhere' then 4
                    when grid.state = 'below_cutoff' then 5
                    else 6
                end,
                grid.electricity_basis
        ) as telling
    from grid
    inner join views on grid.electricity_basis in (views.electricity_view, 'not_applicable')
),

summed as (
    select
        scenario_id,
        impact_category,
        electricity_view,
        service_part,
        life_cycle_stage,
        phase,
        max(case when telling = 1 then state end) as state,
        max(case when telling = 1 then state_reason end) as state_reason,
        {{ ordered_sum('value') }} as value,
        unit,
        cast(sum(flows_modelled) as integer) as flows_modelled,
        cast(sum(flows_expected) as integer) as flows_expected,
        {{ distinct_list('licence_set') }} as licence_set
    from viewed
    group by scenario_id, impact_category, electricity_view, service_part, life_cycle_stage, phase, unit
),

final as (
    select
        summed.scenario_id,
        summed.impact_category,
        summed.electricity_view,
        summed.service_part,
        summed.life_cycle_stage,
        summed.phase,
        summed.state,
        summed.value,
        case when summed.value is not null then uncertainty.value_low end as value_low,
        case when summed.value is not null then uncertainty.value_high end as value_high,
        summed.unit,
        case
            when summed.flows_modelled = 0 then 'none'
            when summed.flows_modelled = summed.flows_expected then 'complete'
            else 'partial'
        end as completeness,
        summed.flows_modelled,
        summed.flows_expected,
        summed.state_reason,
        summed.licence_set
    from summed
    left join uncertainty
        on
            summed.scenario_id = uncertainty.scenario_id
            and summed.impact_category = uncertainty.impact_category
            and summed.electricity_view = uncertainty.electricity_view
            and summed.service_part = uncertainty.service_part
            and summed.life_cycle_stage = uncertainty.life_cycle_stage
)

select * from final
