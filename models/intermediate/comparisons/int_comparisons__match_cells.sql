with

comparisons as (
    select * from {{ ref('int_comparisons__pair') }}
),

impacts as (
    select * from {{ ref('impacts') }}
),

modelled as (
    select
        scenario_id,
        flow_id,
        split_part(flow_id, '.', 2) as flow_key,
        object_id,
        component,
        life_cycle_stage,
        impact_category,
        electricity_basis,
        summing_method,
        value,
        factor_value,
        factor_id,
        selection_id
    from impacts
    where state = 'modelled'
),

base_cells as (
    select
        comparisons.comparison_id,
        modelled.*
    from comparisons
    inner join modelled
        on
            comparisons.base_scenario_id = modelled.scenario_id
            and modelled.electricity_basis in (comparisons.base_electricity_view, 'not_applicable')
),

other_cells as (
    select
        comparisons.comparison_id,
        modelled.*
    from comparisons
    inner join modelled
        on
            comparisons.other_scenario_id = modelled.scenario_id
            and modelled.electricity_basis in (comparisons.other_electricity_view, 'not_applicable')
),

final as (
    select
        coalesce(base_cells.comparison_id, other_cells.comparison_id) as comparison_id,
        coalesce(base_cells.impact_category, other_cells.impact_category) as impact_category,
        coalesce(base_cells.flow_key, other_cells.flow_key) as flow_key,
        coalesce(base_cells.life_cycle_stage, other_cells.life_cycle_stage) as life_cycle_stage,
        coalesce(base_cells.object_id, other_cells.object_id) as object_id,
        coalesce(base_cells.component, other_cells.component) as component,
        base_cells.scenario_id as base_scenario_id,
        other_cells.scenario_id as other_scenario_id,
        base_cells.flow_id as base_flow_id,
        other_cells.flow_id as other_flow_id,
        base_cells.value as base_value,
        other_cells.value as other_value,
        base_cells.factor_value as base_factor_value,
        other_cells.factor_value as other_factor_value,
        base_cells.factor_id as base_factor_id,
        other_cells.factor_id as other_factor_id,
        base_cells.selection_id as base_selection_id,
        other_cells.selection_id as other_selection_id,
        base_cells.summing_method as base_summing_method,
        other_cells.summing_method as other_summing_method
    from base_cells
    full join other_cells
        on
            base_cells.comparison_id = other_cells.comparison_id
            and base_cells.impact_category = other_cells.impact_category
            and base_cells.flow_key = other_cells.flow_key
            and base_cells.life_cycle_stage = other_cells.life_cycle_stage
            and base_cells.object_id = other_cells.object_id
            and base_cells.component = other_cells.component
)

select * from final
