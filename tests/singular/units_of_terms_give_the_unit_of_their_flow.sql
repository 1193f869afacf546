-- For each scenario, the units of the terms of a flow multiply to the flow's own unit, base unit by base unit.
-- A flow that lacks the value of a parameter has no amount, and the missing parameter no unit.
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
    where flows.terms_valued = flows.terms_expected
),

multiplied as (
    select
        terms.scenario_id,
        terms.flow_id,
        unit_dimensions.base_unit,
        sum(terms.exponent * unit_dimensions.exponent) as exponent
    from terms
    inner join unit_dimensions on terms.unit = unit_dimensions.canonical_unit
    inner join flows on terms.scenario_id = flows.scenario_id and terms.flow_id = flows.flow_id
    where flows.terms_valued = flows.terms_expected
    group by terms.scenario_id, terms.flow_id, unit_dimensions.base_unit
),

final as (
    {{ differing_exponents('multiplied', 'expected', ['scenario_id', 'flow_id']) }}
)

select * from final
