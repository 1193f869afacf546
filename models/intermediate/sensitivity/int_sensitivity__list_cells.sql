with

impacts as (
    select * from {{ ref('impacts') }}
),

views as (
    select 'location' as electricity_view
    union all
    select 'market' as electricity_view
),

final as (
    select
        impacts.scenario_id,
        impacts.impact_category,
        views.electricity_view,
        impacts.flow_id,
        impacts.life_cycle_stage,
        impacts.service_part,
        impacts.object_id,
        impacts.electricity_basis,
        impacts.summing_method,
        impacts.selection_id,
        impacts.factor_id,
        impacts.factor_source_id,
        impacts.factor_value,
        impacts.value,
        impacts.unit
    from impacts
    inner join views on impacts.electricity_basis in (views.electricity_view, 'not_applicable')
    where impacts.state = 'modelled'
)

select * from final
