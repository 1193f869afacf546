-- The ends of a product are the products of the ends of its terms as long as none is below zero: -1 to 2 times 3 to 4
-- begins at -4 and not at -3. A range below zero may stand in a sum.
with

parameter_values as (
    select * from {{ ref('int_parameters__derive') }}
),

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

multiplied as (
    select
        derived_parameter_inputs.model_id,
        derived_parameter_inputs.input_name as parameter_name,
        concat('parameter ', derived_parameter_inputs.parameter_name) as product_of
    from {{ ref('derived_parameter_inputs') }} as derived_parameter_inputs
    inner join {{ ref('derived_parameters') }} as derived_parameters
        on
            derived_parameter_inputs.model_id = derived_parameters.model_id
            and derived_parameter_inputs.parameter_name = derived_parameters.parameter_name
    where derived_parameters.method = 'product'
    union all
    select
        flows.model_id,
        flow_terms.parameter_name,
        concat('flow ', flow_terms.flow_id) as product_of
    from {{ ref('flow_terms') }} as flow_terms
    inner join {{ ref('flows') }} as flows on flow_terms.flow_id = flows.flow_id
)

select
    parameter_values.scenario_id,
    parameter_values.parameter_name,
    parameter_values.value_low,
    parameter_values.value_high,
    multiplied.product_of
from parameter_values
inner join scenarios on parameter_values.scenario_id = scenarios.scenario_id
inner join multiplied
    on
        scenarios.model_id = multiplied.model_id
        and parameter_values.parameter_name = multiplied.parameter_name
where parameter_values.is_ranged and parameter_values.value_low < 0
