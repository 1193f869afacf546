with

grid as (
    select * from {{ ref('impacts_by_part_stage_category') }}
    where state != 'not_applicable'
),

beside as (
    select
        *,
        max(flows_expected) over (
            partition by scenario_id, service_part, life_cycle_stage, impact_category
        ) as most_flows_expected
    from grid
),

-- a basis in which the model has no flow lacks nothing where another one has the flow
lacking as (
    select * from beside
    where state != 'modelled' and not (state = 'not_modelled' and flows_expected = 0 and most_flows_expected > 0)
),

final as (
    select
        scenario_id,
        service_part,
        life_cycle_stage,
        electricity_basis,
        state,
        state_reason,
        cast(count(*) as integer) as cells_listed,
        {{ distinct_list('impact_category') }} as impact_categories,
        max(flows_expected) as flows_expected
    from lacking
    group by scenario_id, service_part, life_cycle_stage, electricity_basis, state, state_reason
)

select * from final
