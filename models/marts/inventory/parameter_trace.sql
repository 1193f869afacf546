with recursive

values_in_use as (
    select * from {{ ref('int_parameters__derive') }}
),

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

derived_parameter_inputs as (
    select * from {{ ref('derived_parameter_inputs') }}
),

inputs_in_use as (
    select
        values_in_use.scenario_id,
        values_in_use.parameter_name,
        derived_parameter_inputs.input_name
    from values_in_use
    inner join scenarios on values_in_use.scenario_id = scenarios.scenario_id
    inner join derived_parameter_inputs
        on
            scenarios.model_id = derived_parameter_inputs.model_id
            and values_in_use.parameter_name = derived_parameter_inputs.parameter_name
    where values_in_use.method != 'stated'
),

paths as (
    select
        scenario_id,
        parameter_name,
        parameter_name as reached_name,
        0 as distance
    from values_in_use

    union all

    select
        paths.scenario_id,
        paths.parameter_name,
        inputs_in_use.input_name as reached_name,
        paths.distance + 1 as distance
    from paths
    inner join inputs_in_use
        on
            paths.scenario_id = inputs_in_use.scenario_id
            and paths.reached_name = inputs_in_use.parameter_name
    where paths.distance < 20
),

final as (
    select distinct
        paths.scenario_id,
        paths.parameter_name,
        paths.reached_name as stated_parameter_name
    from paths
    inner join values_in_use
        on
            paths.scenario_id = values_in_use.scenario_id
            and paths.reached_name = values_in_use.parameter_name
    where values_in_use.method = 'stated'
)

select * from final
