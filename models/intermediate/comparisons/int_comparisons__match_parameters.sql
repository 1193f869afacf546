with

comparisons as (
    select * from {{ ref('int_comparisons__pair') }}
),

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

values_in_use as (
    select * from {{ ref('int_parameters__derive') }}
),

derived_parameters as (
    select * from {{ ref('derived_parameters') }}
),

derived_parameter_inputs as (
    select * from {{ ref('derived_parameter_inputs') }}
),

pairs as (
    select distinct
        comparisons.base_scenario_id,
        comparisons.other_scenario_id,
        base_scenarios.model_id as base_model_id,
        other_scenarios.model_id as other_model_id
    from comparisons
    inner join scenarios as base_scenarios on comparisons.base_scenario_id = base_scenarios.scenario_id
    inner join scenarios as other_scenarios on comparisons.other_scenario_id = other_scenarios.scenario_id
    where comparisons.base_scenario_id != comparisons.other_scenario_id
),

formulas as (
    select
        derived_parameters.model_id,
        derived_parameters.parameter_name,
        derived_parameters.method,
        {{ distinct_list("concat(
            derived_parameter_inputs.input_name,
            ' ',
            cast(derived_parameter_inputs.weight as string),
            ' ',
            cast(derived_parameters.constant as string)
        )") }} as formula
    from derived_parameters
    inner join derived_parameter_inputs
        on
            derived_parameters.model_id = derived_parameter_inputs.model_id
            and derived_parameters.parameter_name = derived_parameter_inputs.parameter_name
    group by derived_parameters.model_id, derived_parameters.parameter_name, derived_parameters.method
),

final as (
    select
        pairs.base_scenario_id,
        pairs.other_scenario_id,
        pairs.base_model_id as model_id,
        base_values.parameter_name,
        base_values.method,
        base_values.value as base_input,
        other_values.value as other_input,
        base_values.unit as input_unit,
        base_values.method != 'stated'
        and base_values.method = other_values.method
        and base_formulas.formula = other_formulas.formula as is_same_formula
    from pairs
    inner join values_in_use as base_values on pairs.base_scenario_id = base_values.scenario_id
    inner join values_in_use as other_values
        on
            pairs.other_scenario_id = other_values.scenario_id
            and base_values.parameter_name = other_values.parameter_name
    left join formulas as base_formulas
        on
            pairs.base_model_id = base_formulas.model_id
            and base_values.parameter_name = base_formulas.parameter_name
    left join formulas as other_formulas
        on
            pairs.other_model_id = other_formulas.model_id
            and base_values.parameter_name = other_formulas.parameter_name
)

select * from final
