{{ config(materialized='view') }}
{%- set depth = var('derivation_depth') -%}
with

inputs as (
    select * from {{ ref('int_uncertainty__describe_inputs') }}
    where input_kind = 'parameter' and distribution != 'fixed' and {{ in_simulated_chunk('scenario_id') }}
),

draws_of_inputs as (
    select * from {{ ref('int_uncertainty__draw_inputs') }}
    where input_kind = 'parameter'
),

values_in_use as (
    select * from {{ ref('int_parameters__derive') }}
    where {{ in_simulated_chunk('scenario_id') }}
),

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

derived_parameters as (
    select * from {{ ref('derived_parameters') }}
),

derived_parameter_inputs as (
    select * from {{ ref('derived_parameter_inputs') }}
),

derived as (
    select
        values_in_use.scenario_id,
        values_in_use.parameter_name,
        derived_parameters.method,
        derived_parameters.constant,
        weights.input_name,
        weights.weight,
        of_input.value as input_value
    from values_in_use
    inner join scenarios on values_in_use.scenario_id = scenarios.scenario_id
    inner join derived_parameters
        on
            scenarios.model_id = derived_parameters.model_id
            and values_in_use.parameter_name = derived_parameters.parameter_name
    inner join derived_parameter_inputs as weights
        on
            scenarios.model_id = weights.model_id
            and values_in_use.parameter_name = weights.parameter_name
    inner join values_in_use as of_input
        on
            values_in_use.scenario_id = of_input.scenario_id
            and weights.input_name = of_input.parameter_name
    where values_in_use.method != 'stated'
),

-- the level at which all uncertain inputs of a parameter are there; none where no input is uncertain
level_0 as (
    select
        scenario_id,
        parameter_name,
        0 as level
    from inputs
),
{% for level in range(1, depth + 1) %}
level_{{ level }} as (
    select * from level_{{ level - 1 }}
    union all
    select distinct
        derived.scenario_id,
        derived.parameter_name,
        {{ level }} as level
    from derived
    inner join level_{{ level - 1 }} as below
        on
            derived.scenario_id = below.scenario_id
            and derived.input_name = below.parameter_name
    where below.level = {{ level - 1 }}
),
{% endfor %}
levels as (
    select
        scenario_id,
        parameter_name,
        max(level) as level
    from level_{{ depth }}
    group by scenario_id, parameter_name
),

to_derive as (
    select
        derived.*,
        levels.level
    from derived
    inner join levels
        on
            derived.scenario_id = levels.scenario_id
            and derived.parameter_name = levels.parameter_name
),

drawn_0 as (
    select
        inputs.scenario_id,
        inputs.parameter_name,
        draws_of_inputs.draws
    from inputs
    inner join draws_of_inputs on inputs.draw_id = draws_of_inputs.draw_id
),

-- what is known so far is read from its levels and never copied: a copy a level took a third of the memory
known_0 as (
    select * from drawn_0
),
{% for level in range(1, depth + 1) %}
terms_{{ level }} as (
    select
        to_derive.scenario_id,
        to_derive.parameter_name,
        to_derive.method,
        to_derive.constant,
        to_derive.input_name,
        case
            when drawn.draws is not null then null
            when to_derive.method = 'product' then pow(to_derive.input_value, to_derive.weight)
            else to_derive.input_value * to_derive.weight
        end as fixed_term,
        case
            when to_derive.weight = 1 then drawn.draws
            when to_derive.method = 'product' then {{ each_draw('drawn.draws', 'x', 'pow(x, to_derive.weight)') }}
            else {{ each_draw('drawn.draws', 'x', 'x * to_derive.weight') }}
        end as drawn_term
    from to_derive
    left join known_{{ level - 1 }} as drawn
        on
            to_derive.scenario_id = drawn.scenario_id
            and to_derive.input_name = drawn.parameter_name
    where to_derive.level = {{ level }}
),

gathered_{{ level }} as (
    select
        scenario_id,
        parameter_name,
        method,
        constant,
        coalesce({{ product('fixed_term') }}, 1) as fixed_product,
        coalesce({{ ordered_sum('fixed_term') }}, 0) as fixed_sum,
        min(fixed_term) as fixed_minimum,
        max(fixed_term) as fixed_maximum,
        {{ lists_in_order('drawn_term', 'input_name') }} as drawn_terms
    from terms_{{ level }}
    group by scenario_id, parameter_name, method, constant
),

combined_{{ level }} as (
    select
        *,
        case method
            when 'product' then {{ combined_draws('drawn_terms', 'product') }}
            when 'minimum' then {{ combined_draws('drawn_terms', 'min') }}
            when 'maximum' then {{ combined_draws('drawn_terms', 'max') }}
            else {{ combined_draws('drawn_terms', 'sum') }}
        end as draws
    from gathered_{{ level }}
),

drawn_{{ level }} as (
    select
        scenario_id,
        parameter_name,
        case method
            when 'product' then {{ each_draw('draws', 'x', 'constant * fixed_product * x') }}
            when 'sum' then {{ each_draw('draws', 'x', 'constant + fixed_sum + x') }}
            when 'exponential' then {{ each_draw('draws', 'x', 'constant * exp(fixed_sum + x)') }}
            when 'ceiling'
                then {{ each_draw(
                    'draws', 'x', 'ceil(constant + fixed_sum + x - 1e-12 * abs(constant + fixed_sum + x))'
                ) }}
            when 'next_power_of_two'
                then {{ each_draw('draws', 'x', next_power_of_two('(constant + fixed_sum + x)')) }}
            when 'minimum'
                then {{ each_draw('draws', 'x', 'constant + least(x, coalesce(fixed_minimum, x))') }}
            when 'maximum'
                then {{ each_draw('draws', 'x', 'constant + greatest(x, coalesce(fixed_maximum, x))') }}
        end as draws
    from combined_{{ level }}
),

known_{{ level }} as (
    {% for below in range(level + 1) %}
    {{ 'union all' if not loop.first }}
    select * from drawn_{{ below }}
    {% endfor %}
),
{% endfor %}
final as (
    select
        scenario_id,
        parameter_name,
        draws
    from known_{{ depth }}
)

select * from final
