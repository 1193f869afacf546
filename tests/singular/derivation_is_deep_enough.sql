-- A derived parameter whose inputs all have values has one too; if not, raise the variable derivation_depth.
with

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

derived_parameter_inputs as (
    select * from {{ ref('derived_parameter_inputs') }}
),

values_in_use as (
    select * from {{ ref('int_parameters__derive') }}
),

final as (
    select
        scenarios.scenario_id,
        derived_parameter_inputs.parameter_name
    from derived_parameter_inputs
    inner join scenarios on derived_parameter_inputs.model_id = scenarios.model_id
    left join values_in_use as inputs
        on
            scenarios.scenario_id = inputs.scenario_id
            and derived_parameter_inputs.input_name = inputs.parameter_name
    left join values_in_use as results
        on
            scenarios.scenario_id = results.scenario_id
            and derived_parameter_inputs.parameter_name = results.parameter_name
    group by scenarios.scenario_id, derived_parameter_inputs.parameter_name
    having count(*) = count(inputs.value) and count(results.value) = 0
)

select * from final
