-- For each scenario, the units of the terms of a flow multiply to the flow's own unit, base unit by base unit.
with

terms as (
    select * from {{ ref('flow_amount_terms') }}
),

flows as (
    select * from {{ ref('flow_amounts') }}
),

unit_dimensions as (
    select * from {{ ref('unit_dimensions') }}
),

expected as (
    select
        flows.scenario_id,
        flows.flow_id,
        flows.amount_unit,
        unit_dimensions.base_unit,
        unit_dimensions.exponent
    from flows
    inner join unit_dimensions on flows.amount_unit = unit_dimensions.canonical_unit
),

multiplied as (
    select
        terms.scenario_id,
        terms.flow_id,
        unit_dimensions.base_unit,
        sum(terms.exponent * unit_dimensions.exponent) as exponent
    from terms
    inner join unit_dimensions on terms.unit = unit_dimensions.canonical_unit
    group by terms.scenario_id, terms.flow_id, unit_dimensions.base_unit
),

compared as (
    select
        coalesce(multiplied.scenario_id, expected.scenario_id) as scenario_id,
        coalesce(multiplied.flow_id, expected.flow_id) as flow_id,
        coalesce(multiplied.base_unit, expected.base_unit) as base_unit,
        coalesce(multiplied.exponent, 0) as exponent_of_the_terms,
        coalesce(expected.exponent, 0) as exponent_of_the_flow
    from multiplied
    full join expected
        on
            multiplied.scenario_id = expected.scenario_id
            and multiplied.flow_id = expected.flow_id
            and multiplied.base_unit = expected.base_unit
),

final as (
    select * from compared
    where exponent_of_the_terms != exponent_of_the_flow
)

select * from final
