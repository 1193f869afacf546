with

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

flows as (
    select * from {{ ref('flows') }}
),

flow_terms as (
    select * from {{ ref('flow_terms') }}
),

parameter_values as (
    select * from {{ ref('int_parameters__derive') }}
),

final as (
    select
        scenarios.scenario_id,
        flows.flow_id,
        flow_terms.parameter_name,
        flow_terms.exponent,
        parameter_values.value,
        parameter_values.value_low,
        parameter_values.value_high,
        coalesce(parameter_values.is_ranged, false) as is_ranged,
        parameter_values.unit
    from scenarios
    inner join flows on scenarios.model_id = flows.model_id
    inner join flow_terms on flows.flow_id = flow_terms.flow_id
    left join parameter_values
        on
            scenarios.scenario_id = parameter_values.scenario_id
            and flow_terms.parameter_name = parameter_values.parameter_name
)

select * from final
