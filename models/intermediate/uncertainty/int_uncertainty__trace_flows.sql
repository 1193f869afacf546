with recursive

terms as (
    select * from {{ ref('int_flows__evaluate_terms') }}
),

multiplied as (
    select * from {{ ref('int_impacts__multiply') }}
    where value is not null
),

inputs as (
    select * from {{ ref('int_uncertainty__describe_inputs') }}
    where distribution != 'fixed'
),

values_in_use as (
    select * from {{ ref('int_parameters__derive') }}
),

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

derived_parameter_inputs as (
    select * from {{ ref('derived_parameter_inputs') }}
),

steps as (
    select
        values_in_use.scenario_id,
        values_in_use.parameter_name,
        values_in_use.method,
        derived_parameter_inputs.input_name,
        derived_parameter_inputs.weight
    from values_in_use
    inner join scenarios on values_in_use.scenario_id = scenarios.scenario_id
    inner join derived_parameter_inputs
        on
            scenarios.model_id = derived_parameter_inputs.model_id
            and values_in_use.parameter_name = derived_parameter_inputs.parameter_name
    where values_in_use.method != 'stated'
),

flows as (
    select distinct
        scenario_id,
        flow_id
    from multiplied
),

paths as (
    select
        terms.scenario_id,
        terms.flow_id,
        terms.parameter_name,
        cast(terms.exponent as double) as exponent,
        true as is_product,
        0 as distance
    from terms
    inner join flows
        on
            terms.scenario_id = flows.scenario_id
            and terms.flow_id = flows.flow_id

    union all

    select
        paths.scenario_id,
        paths.flow_id,
        steps.input_name as parameter_name,
        paths.exponent * steps.weight as exponent,
        paths.is_product and steps.method = 'product' as is_product,
        paths.distance + 1 as distance
    from paths
    inner join steps
        on
            paths.scenario_id = steps.scenario_id
            and paths.parameter_name = steps.parameter_name
    where paths.distance < 20
),

of_parameters as (
    select
        paths.scenario_id,
        paths.flow_id,
        'parameter' as input_kind,
        inputs.input_id,
        cast(null as string) as selection_id,
        inputs.draw_id,
        sum(paths.exponent) as exponent,
        bool_and(paths.is_product) as is_product
    from paths
    inner join inputs
        on
            paths.scenario_id = inputs.scenario_id
            and paths.parameter_name = inputs.parameter_name
    group by paths.scenario_id, paths.flow_id, inputs.input_id, inputs.draw_id
),

of_factors as (
    select distinct
        multiplied.scenario_id,
        multiplied.flow_id,
        inputs.input_kind,
        inputs.input_id,
        multiplied.selection_id,
        inputs.draw_id,
        cast(1 as double) as exponent,
        true as is_product
    from multiplied
    inner join inputs
        on
            multiplied.scenario_id = inputs.scenario_id
            and multiplied.selection_id = inputs.selection_id
),

final as (
    select * from of_parameters
    union all
    select * from of_factors
)

select * from final
