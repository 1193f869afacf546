with

comparisons as (
    select * from {{ ref('int_comparisons__pair') }}
),

impacts as (
    select * from {{ ref('impacts') }}
),

factor_selection as (
    select * from {{ ref('factor_selection') }}
),

expected as (
    select
        impacts.scenario_id,
        impacts.flow_id,
        split_part(impacts.flow_id, '.', 2) as flow_key,
        impacts.object_id,
        impacts.component,
        impacts.life_cycle_stage,
        impacts.impact_category,
        impacts.electricity_basis,
        factor_selection.geography_id,
        impacts.amount,
        impacts.summing_method,
        impacts.value,
        case when impacts.state = 'modelled' then impacts.factor_value end as factor_value,
        case when impacts.state = 'modelled' then impacts.factor_id end as factor_id,
        impacts.selection_id
    from impacts
    inner join factor_selection on impacts.selection_id = factor_selection.selection_id
    where impacts.state in ('modelled', 'not_modelled', 'withheld')
),

base_cells as (
    select
        comparisons.comparison_id,
        expected.*
    from comparisons
    inner join expected
        on
            comparisons.base_scenario_id = expected.scenario_id
            and expected.electricity_basis in (comparisons.base_electricity_view, 'not_applicable')
),

other_cells as (
    select
        comparisons.comparison_id,
        expected.*
    from comparisons
    inner join expected
        on
            comparisons.other_scenario_id = expected.scenario_id
            and expected.electricity_basis in (comparisons.other_electricity_view, 'not_applicable')
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
        other_cells.summing_method as other_summing_method,
        -- what would change if anybody modelled it
        base_cells.value is null
        and other_cells.value is null
        and (
            base_cells.amount is distinct from other_cells.amount
            or base_cells.geography_id is distinct from other_cells.geography_id
            or base_cells.electricity_basis is distinct from other_cells.electricity_basis
        ) as is_change_left_out
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
