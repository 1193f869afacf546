{%- set depth = var('derivation_depth') -%}
with

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

flows as (
    select * from {{ ref('flows') }}
),

objects as (
    select * from {{ ref('objects') }}
),

flow_terms as (
    select * from {{ ref('flow_terms') }}
),

derived_parameter_inputs as (
    select * from {{ ref('derived_parameter_inputs') }}
),

boundary_terms as (
    select * from {{ ref('boundary_terms') }}
),

values_in_use as (
    select * from {{ ref('int_parameters__derive') }}
),

parameters as (
    select
        values_in_use.scenario_id,
        values_in_use.parameter_name,
        values_in_use.method,
        coalesce(boundary_terms.boundary_rule, 'none') as boundary_rule,
        case
            when boundary_terms.to_boundary = 'facility' and boundary_terms.boundary_rule != 'per_it_energy' then 1
            else 0
        end as own_crossings
    from values_in_use
    inner join scenarios on values_in_use.scenario_id = scenarios.scenario_id
    left join boundary_terms
        on
            scenarios.model_id = boundary_terms.model_id
            and values_in_use.parameter_name = boundary_terms.parameter_name
),

-- what a scenario states itself rests on nothing else
inputs as (
    select
        parameters.scenario_id,
        parameters.parameter_name,
        parameters.method,
        parameters.own_crossings,
        derived_parameter_inputs.input_name,
        derived_parameter_inputs.weight
    from parameters
    inner join scenarios on parameters.scenario_id = scenarios.scenario_id
    inner join derived_parameter_inputs
        on
            scenarios.model_id = derived_parameter_inputs.model_id
            and parameters.parameter_name = derived_parameter_inputs.parameter_name
    where parameters.method != 'stated'
),

counted_0 as (
    select
        scenario_id,
        parameter_name,
        cast(own_crossings as double) as crossings_low,
        cast(own_crossings as double) as crossings_high
    from parameters
    where method = 'stated'
),
{% for level in range(1, depth + 1) %}
-- factors of a product add up; each summand of a sum goes its own way
found_{{ level }} as (
    select
        inputs.scenario_id,
        inputs.parameter_name,
        case
            when inputs.method = 'product'
                then inputs.own_crossings + sum(
                    inputs.weight * case when inputs.weight > 0 then below.crossings_low else below.crossings_high end
                )
            else inputs.own_crossings + min(below.crossings_low)
        end as crossings_low,
        case
            when inputs.method = 'product'
                then inputs.own_crossings + sum(
                    inputs.weight * case when inputs.weight > 0 then below.crossings_high else below.crossings_low end
                )
            else inputs.own_crossings + max(below.crossings_high)
        end as crossings_high
    from inputs
    left join counted_{{ level - 1 }} as below
        on
            inputs.scenario_id = below.scenario_id
            and inputs.input_name = below.parameter_name
    left join counted_{{ level - 1 }} as done
        on
            inputs.scenario_id = done.scenario_id
            and inputs.parameter_name = done.parameter_name
    where done.parameter_name is null
    group by inputs.scenario_id, inputs.parameter_name, inputs.method, inputs.own_crossings
    having count(*) = count(below.crossings_low)
),

counted_{{ level }} as (
    select * from counted_{{ level - 1 }}
    union all
    select * from found_{{ level }}
),
{% endfor %}
terms as (
    select
        scenarios.scenario_id,
        flow_terms.flow_id,
        flow_terms.parameter_name,
        flow_terms.exponent,
        parameters.boundary_rule,
        counted.crossings_low,
        counted.crossings_high
    from scenarios
    inner join flows on scenarios.model_id = flows.model_id
    inner join flow_terms on flows.flow_id = flow_terms.flow_id
    left join parameters
        on
            scenarios.scenario_id = parameters.scenario_id
            and flow_terms.parameter_name = parameters.parameter_name
    left join counted_{{ depth }} as counted
        on
            scenarios.scenario_id = counted.scenario_id
            and flow_terms.parameter_name = counted.parameter_name
),

reached_0 as (
    select
        scenario_id,
        flow_id,
        parameter_name
    from terms
),
{% for level in range(1, depth + 1) %}
reached_{{ level }} as (
    select * from reached_{{ level - 1 }}
    union
    select
        above.scenario_id,
        above.flow_id,
        inputs.input_name as parameter_name
    from reached_{{ level - 1 }} as above
    inner join inputs
        on
            above.scenario_id = inputs.scenario_id
            and above.parameter_name = inputs.parameter_name
),
{% endfor %}
surplus_flows as (
    select distinct
        reached.scenario_id,
        reached.flow_id
    from reached_{{ depth }} as reached
    inner join parameters
        on
            reached.scenario_id = parameters.scenario_id
            and reached.parameter_name = parameters.parameter_name
    where parameters.boundary_rule = 'surplus'
),

-- a surplus is on top of a flow if everything that makes up the flow is in it too
shared as (
    select
        terms.scenario_id,
        terms.flow_id,
        surplus_flows.flow_id as surplus_flow_id,
        count(*) as terms_compared,
        count(reached.parameter_name) as terms_shared
    from terms
    inner join surplus_flows
        on terms.scenario_id = surplus_flows.scenario_id and terms.flow_id != surplus_flows.flow_id
    left join reached_{{ depth }} as reached
        on
            surplus_flows.scenario_id = reached.scenario_id
            and surplus_flows.flow_id = reached.flow_id
            and terms.parameter_name = reached.parameter_name
    group by terms.scenario_id, terms.flow_id, surplus_flows.flow_id
),

topped as (
    select
        scenario_id,
        flow_id,
        count(*) as surplus_flows
    from shared
    where terms_compared = terms_shared
    group by scenario_id, flow_id
),

crossed as (
    select
        scenario_id,
        flow_id,
        sum(exponent * case when exponent > 0 then crossings_low else crossings_high end) as crossings_low,
        sum(exponent * case when exponent > 0 then crossings_high else crossings_low end) as crossings_high,
        count(case when boundary_rule = 'per_it_energy' then 1 end) as it_energy_terms,
        count(*) as terms_expected,
        count(crossings_low) as terms_valued
    from terms
    group by scenario_id, flow_id
),

final as (
    select
        crossed.scenario_id,
        crossed.flow_id,
        objects.object_class,
        flows.geography_role,
        flows.energy_boundary,
        case when crossed.terms_valued = crossed.terms_expected then crossed.crossings_low end as crossings_low,
        case when crossed.terms_valued = crossed.terms_expected then crossed.crossings_high end as crossings_high,
        cast(crossed.it_energy_terms as integer) as it_energy_terms,
        cast(coalesce(topped.surplus_flows, 0) as integer) as surplus_flows
    from crossed
    inner join flows on crossed.flow_id = flows.flow_id
    left join objects on flows.object_id = objects.object_id
    left join topped
        on
            crossed.scenario_id = topped.scenario_id
            and crossed.flow_id = topped.flow_id
)

select * from final
