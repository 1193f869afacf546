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

final as (
    {{ differing_exponents('multiplied', 'expected', ['scenario_id', 'flow_id']) }}
)

select * from final
