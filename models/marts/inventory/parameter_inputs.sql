with

derived_parameters as (
    select * from {{ ref('derived_parameters') }}
),

derived_parameter_inputs as (
    select * from {{ ref('derived_parameter_inputs') }}
),

sources as (
    select * from {{ ref('sources') }}
),

final as (
    select
        derived_parameters.model_id,
        derived_parameters.parameter_name,
        derived_parameter_inputs.input_name,
        derived_parameters.method,
        derived_parameters.constant,
        derived_parameters.unit,
        derived_parameter_inputs.weight,
        derived_parameters.source_id,
        derived_parameters.locator,
        sources.licence_id as licence_set
    from derived_parameters
    inner join derived_parameter_inputs
        on
            derived_parameters.model_id = derived_parameter_inputs.model_id
            and derived_parameters.parameter_name = derived_parameter_inputs.parameter_name
    left join sources on derived_parameters.source_id = sources.source_id
)

select * from final
