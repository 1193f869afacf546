-- For each scenario, the inputs of a product multiply to the unit of the derived parameter. An exponential takes and
-- gives pure numbers. Of every other method each input has the unit of the result.
with

values_in_use as (
    select * from {{ ref('int_parameters__derive') }}
),

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

inputs as (
    select * from {{ ref('derived_parameter_inputs') }}
),

unit_dimensions as (
    select * from {{ ref('unit_dimensions') }}
),

derivations as (
    select
        values_in_use.scenario_id,
        scenarios.model_id,
        values_in_use.parameter_name,
        values_in_use.method,
        values_in_use.unit
    from values_in_use
    inner join scenarios on values_in_use.scenario_id = scenarios.scenario_id
    where values_in_use.method != 'stated'
),

-- a product is compared as a whole, the others input by input, an exponential also by its result
groups_of_inputs as (
    select
        derivations.scenario_id,
        derivations.parameter_name,
        case when derivations.method = 'exponential' then '1' else derivations.unit end as derived_unit,
        case when derivations.method = 'product' then 'all inputs' else inputs.input_name end as compared,
        case when derivations.method = 'product' then inputs.weight else 1 end as weight,
        values_in_use.unit
    from derivations
    inner join inputs
        on
            derivations.model_id = inputs.model_id
            and derivations.parameter_name = inputs.parameter_name
    inner join values_in_use
        on
            derivations.scenario_id = values_in_use.scenario_id
            and inputs.input_name = values_in_use.parameter_name
    union all
    select
        scenario_id,
        parameter_name,
        '1' as derived_unit,
        'result' as compared,
        1 as weight,
        unit
    from derivations
    where method = 'exponential'
),

expected as (
    select distinct
        groups_of_inputs.scenario_id,
        groups_of_inputs.parameter_name,
        groups_of_inputs.compared,
        unit_dimensions.base_unit,
        unit_dimensions.exponent
    from groups_of_inputs
    inner join unit_dimensions on groups_of_inputs.derived_unit = unit_dimensions.canonical_unit
),

multiplied as (
    select
        groups_of_inputs.scenario_id,
        groups_of_inputs.parameter_name,
        groups_of_inputs.compared,
        unit_dimensions.base_unit,
        sum(groups_of_inputs.weight * unit_dimensions.exponent) as exponent
    from groups_of_inputs
    inner join unit_dimensions on groups_of_inputs.unit = unit_dimensions.canonical_unit
    group by
        groups_of_inputs.scenario_id,
        groups_of_inputs.parameter_name,
        groups_of_inputs.compared,
        unit_dimensions.base_unit
),

final as (
    {{ differing_exponents('multiplied', 'expected', ['scenario_id', 'parameter_name', 'compared']) }}
)

select * from final
