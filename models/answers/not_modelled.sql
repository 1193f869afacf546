with

grid as (
    select * from {{ ref('impacts_by_part_stage_category') }}
    where state not in ('modelled', 'not_applicable')
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
    from grid
    group by scenario_id, service_part, life_cycle_stage, electricity_basis, state, state_reason
)

select * from final
