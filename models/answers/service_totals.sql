with

totals as (
    select * from {{ ref('impact_totals') }}
),

scenarios as (
    select * from {{ ref('scenario_list') }}
),

final as (
    select
        totals.scenario_id,
        scenarios.scenario_title,
        totals.impact_category,
        totals.electricity_view,
        totals.value,
        totals.value_low,
        totals.value_high,
        totals.unit,
        scenarios.functional_quantity,
        scenarios.functional_unit,
        scenarios.task,
        totals.completeness,
        totals.flows_modelled,
        totals.flows_expected,
        totals.modelled_flow_share,
        totals.cells_not_complete,
        totals.is_method_mixed,
        totals.licence_set
    from totals
    left join scenarios on totals.scenario_id = scenarios.scenario_id
)

select * from final
