{%- set depth = var('derivation_depth') -%}
with

comparisons as (
    select * from {{ ref('int_comparisons__pair') }}
),

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

flows as (
    select * from {{ ref('flows') }}
),

terms as (
    select * from {{ ref('int_flows__evaluate_terms') }}
),

amounts as (
    select * from {{ ref('int_flows__multiply') }}
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

nodes as (
    select
        pairs.base_scenario_id,
        pairs.other_scenario_id,
        pairs.base_model_id as model_id,
        base_values.parameter_name,
        base_values.method,
        base_values.value as base_value,
        other_values.value as other_value,
        base_values.unit,
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
),

links as (
    select
        nodes.base_scenario_id,
        nodes.other_scenario_id,
        nodes.parameter_name,
        nodes.method,
        nodes.base_value as base_result,
        nodes.other_value as other_result,
        inputs.input_name,
        inputs.weight,
        below.base_value as base_input,
        below.other_value as other_input,
        -- the inputs that a product owes a step from or to 0, or to the other sign
        case
            when nodes.base_value = 0 or nodes.other_value = 0 then (below.base_value = 0) != (below.other_value = 0)
            else sign(pow(below.base_value, inputs.weight)) != sign(pow(below.other_value, inputs.weight))
        end as is_crossing,
        -- the inputs that are the extreme on both sides
        case nodes.method
            when 'minimum'
                then
                    below.base_value * inputs.weight = min(below.base_value * inputs.weight) over inputs_of_one
                    and below.other_value * inputs.weight = min(below.other_value * inputs.weight) over inputs_of_one
            when 'maximum'
                then
                    below.base_value * inputs.weight = max(below.base_value * inputs.weight) over inputs_of_one
                    and below.other_value * inputs.weight = max(below.other_value * inputs.weight) over inputs_of_one
            else false
        end as is_extreme
    from nodes
    inner join derived_parameter_inputs as inputs
        on
            nodes.model_id = inputs.model_id
            and nodes.parameter_name = inputs.parameter_name
    inner join nodes as below
        on
            nodes.base_scenario_id = below.base_scenario_id
            and nodes.other_scenario_id = below.other_scenario_id
            and inputs.input_name = below.parameter_name
    where nodes.is_same_formula
    window
        inputs_of_one as (partition by nodes.base_scenario_id, nodes.other_scenario_id, nodes.parameter_name)
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
    from nodes
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
ends as (
    select
        reached.base_scenario_id,
        reached.other_scenario_id,
        reached.parameter_name,
        reached.reached_name,
        case when nodes.is_same_formula then 'method' else 'parameter' end as contribution_kind,
        nodes.base_value,
        nodes.other_value,
        nodes.unit,
        {{ ordered_sum('reached.slope') }} * (nodes.other_value - nodes.base_value) as step
    from reached
    inner join nodes
        on
            reached.base_scenario_id = nodes.base_scenario_id
            and reached.other_scenario_id = nodes.other_scenario_id
            and reached.reached_name = nodes.parameter_name
    left join opened
        on
            reached.base_scenario_id = opened.base_scenario_id
            and reached.other_scenario_id = opened.other_scenario_id
            and reached.reached_name = opened.parameter_name
    where opened.parameter_name is null and nodes.base_value != nodes.other_value
    group by
        reached.base_scenario_id,
        reached.other_scenario_id,
        reached.parameter_name,
        reached.reached_name,
        nodes.is_same_formula,
        nodes.base_value,
        nodes.other_value,
        nodes.unit
    having {{ ordered_sum('reached.slope') }} != 0
),

products as (
    select
        flow_id,
        {{ distinct_list("concat(parameter_name, ' ', cast(exponent as string))") }} as formula
    from terms
    group by flow_id
),

-- a flow is the same in two models if it has the same name, object and component
flows_of_both as (
    select
        pairs.base_scenario_id,
        pairs.other_scenario_id,
        base_flows.flow_id as base_flow_id,
        other_flows.flow_id as other_flow_id,
        base_products.formula = other_products.formula as is_same_formula,
        base_amounts.amount as base_amount,
        other_amounts.amount as other_amount,
        case
            when base_amounts.amount * other_amounts.amount > 0 then 'logarithm'
            when base_amounts.amount = 0 and other_amounts.amount = 0 then 'none'
            else 'whole'
        end as shares_add_up_to
    from pairs
    inner join flows as base_flows on pairs.base_model_id = base_flows.model_id
    inner join flows as other_flows
        on
            pairs.other_model_id = other_flows.model_id
            and split_part(base_flows.flow_id, '.', 2) = split_part(other_flows.flow_id, '.', 2)
            and base_flows.object_id = other_flows.object_id
            and base_flows.component = other_flows.component
    inner join products as base_products on base_flows.flow_id = base_products.flow_id
    inner join products as other_products on other_flows.flow_id = other_products.flow_id
    inner join amounts as base_amounts
        on
            pairs.base_scenario_id = base_amounts.scenario_id
            and base_flows.flow_id = base_amounts.flow_id
    inner join amounts as other_amounts
        on
            pairs.other_scenario_id = other_amounts.scenario_id
            and other_flows.flow_id = other_amounts.flow_id
    where base_amounts.amount is not null and other_amounts.amount is not null
),

terms_of_both as (
    select
        flows_of_both.base_scenario_id,
        flows_of_both.other_scenario_id,
        flows_of_both.base_flow_id,
        flows_of_both.other_flow_id,
        flows_of_both.shares_add_up_to,
        base_terms.parameter_name,
        base_terms.exponent,
        base_terms.value as base_value,
        other_terms.value as other_value,
        case
            when flows_of_both.base_amount = 0 or flows_of_both.other_amount = 0
                then (base_terms.value = 0) != (other_terms.value = 0)
            else sign(pow(base_terms.value, base_terms.exponent)) != sign(pow(other_terms.value, base_terms.exponent))
        end as is_crossing
    from flows_of_both
    inner join terms as base_terms
        on
            flows_of_both.base_scenario_id = base_terms.scenario_id
            and flows_of_both.base_flow_id = base_terms.flow_id
    inner join terms as other_terms
        on
            flows_of_both.other_scenario_id = other_terms.scenario_id
            and flows_of_both.other_flow_id = other_terms.flow_id
            and base_terms.parameter_name = other_terms.parameter_name
    where flows_of_both.is_same_formula and flows_of_both.shares_add_up_to != 'none'
),

counted_terms as (
    select
        *,
        sum(case when is_crossing then abs(exponent) end) over (
            partition by base_scenario_id, other_scenario_id, base_flow_id
        ) as exponent_crossing
    from terms_of_both
),

slopes_of_terms as (
    select
        *,
        case
            when shares_add_up_to = 'logarithm' then exponent * {{ log_slope('base_value', 'other_value') }}
            when is_crossing then abs(exponent) / exponent_crossing / (other_value - base_value)
            else 0
        end as slope
    from counted_terms
),

of_inputs as (
    select
        slopes_of_terms.base_scenario_id,
        slopes_of_terms.other_scenario_id,
        slopes_of_terms.base_flow_id,
        slopes_of_terms.other_flow_id,
        slopes_of_terms.shares_add_up_to,
        ends.contribution_kind,
        ends.reached_name as contribution_id,
        ends.base_value as base_input,
        ends.other_value as other_input,
        ends.unit as input_unit,
        {{ ordered_sum('slopes_of_terms.slope * ends.step') }} as amount_share
    from slopes_of_terms
    inner join ends
        on
            slopes_of_terms.base_scenario_id = ends.base_scenario_id
            and slopes_of_terms.other_scenario_id = ends.other_scenario_id
            and slopes_of_terms.parameter_name = ends.parameter_name
    where slopes_of_terms.slope != 0
    group by
        slopes_of_terms.base_scenario_id,
        slopes_of_terms.other_scenario_id,
        slopes_of_terms.base_flow_id,
        slopes_of_terms.other_flow_id,
        slopes_of_terms.shares_add_up_to,
        ends.contribution_kind,
        ends.reached_name,
        ends.base_value,
        ends.other_value,
        ends.unit
),

-- two models that reckon the same flow from other terms
of_formulas as (
    select
        base_scenario_id,
        other_scenario_id,
        base_flow_id,
        other_flow_id,
        shares_add_up_to,
        'formula' as contribution_kind,
        split_part(base_flow_id, '.', 2) as contribution_id,
        base_amount as base_input,
        other_amount as other_input,
        cast(null as string) as input_unit,
        case shares_add_up_to
            when 'logarithm' then ln(other_amount / base_amount)
            when 'whole' then 1
        end as amount_share
    from flows_of_both
    where not is_same_formula and shares_add_up_to != 'none' and base_amount != other_amount
),

final as (
    select * from of_inputs
    union all
    select * from of_formulas
)

select * from final
