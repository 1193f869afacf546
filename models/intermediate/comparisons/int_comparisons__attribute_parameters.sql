{%- set depth = var('derivation_depth') -%}
with

parameters as (
    select * from {{ ref('int_comparisons__match_parameters') }}
),

derived_parameter_inputs as (
    select * from {{ ref('derived_parameter_inputs') }}
),

links as (
    select
        derived.base_scenario_id,
        derived.other_scenario_id,
        derived.parameter_name,
        derived.method,
        derived.base_input as base_result,
        derived.other_input as other_result,
        inputs.input_name,
        inputs.weight,
        below.base_input,
        below.other_input,
        -- the inputs that a product owes a step from or to 0, or to the other sign
        case
            when derived.base_input = 0 or derived.other_input = 0
                then (below.base_input = 0) != (below.other_input = 0)
            else sign(pow(below.base_input, inputs.weight)) != sign(pow(below.other_input, inputs.weight))
        end as is_crossing,
        -- the inputs that are the extreme on both sides
        case derived.method
            when 'minimum'
                then
                    below.base_input * inputs.weight = min(below.base_input * inputs.weight) over inputs_of_one
                    and below.other_input * inputs.weight = min(below.other_input * inputs.weight) over inputs_of_one
            when 'maximum'
                then
                    below.base_input * inputs.weight = max(below.base_input * inputs.weight) over inputs_of_one
                    and below.other_input * inputs.weight = max(below.other_input * inputs.weight) over inputs_of_one
            else false
        end as is_extreme
    from parameters as derived
    inner join derived_parameter_inputs as inputs
        on
            derived.model_id = inputs.model_id
            and derived.parameter_name = inputs.parameter_name
    inner join parameters as below
        on
            derived.base_scenario_id = below.base_scenario_id
            and derived.other_scenario_id = below.other_scenario_id
            and inputs.input_name = below.parameter_name
    where derived.is_same_formula
    window
        inputs_of_one as (partition by derived.base_scenario_id, derived.other_scenario_id, derived.parameter_name)
),

counted_links as (
    select
        *,
        count(case when base_input != other_input then 1 end) over inputs_of_one as inputs_changed,
        count(case when is_extreme then 1 end) over inputs_of_one as extremes,
        sum(case when is_crossing then abs(weight) end) over inputs_of_one as weight_crossing
    from links
    window inputs_of_one as (partition by base_scenario_id, other_scenario_id, parameter_name)
),

-- what a step of the result owes a step of an input: exact for products, sums and exponentials; a jump belongs to
-- the one input that changed, and to the method itself where several did
resolved_links as (
    select
        base_scenario_id,
        other_scenario_id,
        parameter_name,
        input_name,
        case
            when method = 'sum' then weight
            when method = 'exponential' then weight * {{ log_mean('base_result', 'other_result') }}
            when method = 'product' and base_result * other_result > 0
                then
                    weight
                    * {{ log_mean('base_result', 'other_result') }}
                    * {{ log_slope('base_input', 'other_input') }}
            when method = 'product' and is_crossing
                then (other_result - base_result) * abs(weight) / weight_crossing / (other_input - base_input)
            when method = 'product' then 0
            when extremes > 0 then case when is_extreme then weight / extremes else 0 end
            when base_input != other_input then (other_result - base_result) / (other_input - base_input)
            else 0
        end as slope
    from counted_links
    where method in ('sum', 'product', 'exponential') or extremes > 0 or inputs_changed <= 1
),

opened as (
    select distinct
        base_scenario_id,
        other_scenario_id,
        parameter_name
    from resolved_links
),

reached_0 as (
    select
        base_scenario_id,
        other_scenario_id,
        parameter_name,
        parameter_name as reached_name,
        cast(1 as double) as slope
    from parameters
),
{% for level in range(1, depth + 1) %}
reached_{{ level }} as (
    select
        above.base_scenario_id,
        above.other_scenario_id,
        above.parameter_name,
        resolved_links.input_name as reached_name,
        {{ ordered_sum('above.slope * resolved_links.slope') }} as slope
    from reached_{{ level - 1 }} as above
    inner join resolved_links
        on
            above.base_scenario_id = resolved_links.base_scenario_id
            and above.other_scenario_id = resolved_links.other_scenario_id
            and above.reached_name = resolved_links.parameter_name
    group by
        above.base_scenario_id,
        above.other_scenario_id,
        above.parameter_name,
        resolved_links.input_name
),
{% endfor %}
reached as (
    {%- for level in range(depth + 1) %}
    select * from reached_{{ level }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

-- the ends of the paths: what a scenario states, and methods that cannot be followed further
final as (
    select
        reached.base_scenario_id,
        reached.other_scenario_id,
        reached.parameter_name,
        case when parameters.is_same_formula then 'method' else 'parameter' end as contribution_kind,
        reached.reached_name as contribution_id,
        parameters.base_input,
        parameters.other_input,
        parameters.input_unit,
        {{ ordered_sum('reached.slope') }} * (parameters.other_input - parameters.base_input) as parameter_step
    from reached
    inner join parameters
        on
            reached.base_scenario_id = parameters.base_scenario_id
            and reached.other_scenario_id = parameters.other_scenario_id
            and reached.reached_name = parameters.parameter_name
    left join opened
        on
            reached.base_scenario_id = opened.base_scenario_id
            and reached.other_scenario_id = opened.other_scenario_id
            and reached.reached_name = opened.parameter_name
    where opened.parameter_name is null and parameters.base_input != parameters.other_input
    group by
        reached.base_scenario_id,
        reached.other_scenario_id,
        reached.parameter_name,
        reached.reached_name,
        parameters.is_same_formula,
        parameters.base_input,
        parameters.other_input,
        parameters.input_unit
    having {{ ordered_sum('reached.slope') }} != 0
)

select * from final
