with

parameters as (
    select * from {{ ref('parameters') }}
),

parameter_measurements as (
    select * from {{ ref('parameter_measurements') }}
),

scenarios as (
    select * from {{ ref('scenarios') }}
),

flows as (
    select * from {{ ref('flows') }}
),

flow_terms as (
    select * from {{ ref('flow_terms') }}
),

derived_parameters as (
    select * from {{ ref('derived_parameters') }}
),

derived_parameter_inputs as (
    select * from {{ ref('derived_parameter_inputs') }}
),

names as (
    select
        scenarios.model_id,
        parameters.parameter_name,
        true as has_value,
        false as is_asked_for
    from parameters
    inner join scenarios on parameters.scenario_id = scenarios.scenario_id
    union all
    select
        scenarios.model_id,
        parameter_measurements.parameter_name,
        true as has_value,
        false as is_asked_for
    from parameter_measurements
    inner join scenarios on parameter_measurements.scenario_id = scenarios.scenario_id
    union all
    -- a derived parameter may also be stated by a scenario, which then asks for nothing else
    select
        model_id,
        parameter_name,
        true as has_value,
        true as is_asked_for
    from derived_parameters
    union all
    select
        flows.model_id,
        flow_terms.parameter_name,
        false as has_value,
        true as is_asked_for
    from flow_terms
    inner join flows on flow_terms.flow_id = flows.flow_id
    union all
    select
        model_id,
        input_name as parameter_name,
        false as has_value,
        true as is_asked_for
    from derived_parameter_inputs
),

final as (
    select
        model_id,
        parameter_name,
        bool_or(has_value) as has_value,
        bool_or(is_asked_for) as is_asked_for
    from names
    group by model_id, parameter_name
)

select * from final
