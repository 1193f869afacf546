-- A stated parameter that its model neither multiplies nor derives from is misspelt, or left over.
with

parameters as (
    select * from {{ ref('parameters') }}
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

used as (
    select
        flows.model_id,
        flow_terms.parameter_name
    from flow_terms
    inner join flows on flow_terms.flow_id = flows.flow_id
    union
    select
        model_id,
        input_name as parameter_name
    from derived_parameter_inputs
    union
    select
        model_id,
        parameter_name
    from derived_parameters
),

final as (
    select
        parameters.parameter_id,
        parameters.scenario_id,
        scenarios.model_id,
        parameters.parameter_name
    from parameters
    inner join scenarios on parameters.scenario_id = scenarios.scenario_id
    left join used
        on
            scenarios.model_id = used.model_id
            and parameters.parameter_name = used.parameter_name
    where used.parameter_name is null
)

select * from final
