-- What stands in the cells of a scenario and category is what its flows give, neither more nor less.
with

impacts as (
    select * from {{ ref('impacts') }}
),

grid as (
    select * from {{ ref('impacts_by_part_stage_category') }}
),

by_flow as (
    select
        scenario_id,
        impact_category,
        electricity_basis,
        sum(value) as total
    from impacts
    group by scenario_id, impact_category, electricity_basis
),

by_cell as (
    select
        scenario_id,
        impact_category,
        electricity_basis,
        sum(value) as total
    from grid
    group by scenario_id, impact_category, electricity_basis
),

final as (
    select
        by_cell.*,
        by_flow.total as total_of_flows
    from by_cell
    full join by_flow
        on
            by_cell.scenario_id = by_flow.scenario_id
            and by_cell.impact_category = by_flow.impact_category
            and by_cell.electricity_basis = by_flow.electricity_basis
    where
        coalesce(by_cell.total, 0) - coalesce(by_flow.total, 0) not between
        -1e-9 * abs(coalesce(by_flow.total, 0)) and 1e-9 * abs(coalesce(by_flow.total, 0))
)

select * from final
