-- A term that names a parameter which its model neither derives nor any of its scenarios states is a slip of the pen.
with

flow_terms as (
    select * from {{ ref('flow_terms') }}
),

flows as (
    select * from {{ ref('flows') }}
),

derived_parameters as (
    select * from {{ ref('derived_parameters') }}
),

derived_parameter_inputs as (
    select * from {{ ref('derived_parameter_inputs') }}
),

parameters as (
    select * from {{ ref('parameters') }}
),

scenarios as (
    select * from {{ ref('scenarios') }}
),

named as (
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
),

known as (
    select
        model_id,
        parameter_name
    from derived_parameters
    union
    select
        scenarios.model_id,
        parameters.parameter_name
    from parameters
    inner join scenarios on parameters.scenario_id = scenarios.scenario_id
),

final as (
    select named.*
    from named
    left join known
        on
            named.model_id = known.model_id
            and named.parameter_name = known.parameter_name
    where known.parameter_name is null
)

select * from final
