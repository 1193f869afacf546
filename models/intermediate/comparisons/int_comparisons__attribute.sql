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

shares_of_parameters as (
    select * from {{ ref('int_comparisons__attribute_parameters') }}
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
        shares_of_parameters.contribution_kind,
        shares_of_parameters.contribution_id,
        shares_of_parameters.base_input,
        shares_of_parameters.other_input,
        shares_of_parameters.input_unit,
        {{ ordered_sum('slopes_of_terms.slope * shares_of_parameters.parameter_step') }} as amount_share
    from slopes_of_terms
    inner join shares_of_parameters
        on
            slopes_of_terms.base_scenario_id = shares_of_parameters.base_scenario_id
            and slopes_of_terms.other_scenario_id = shares_of_parameters.other_scenario_id
            and slopes_of_terms.parameter_name = shares_of_parameters.parameter_name
    where slopes_of_terms.slope != 0
    group by
        slopes_of_terms.base_scenario_id,
        slopes_of_terms.other_scenario_id,
        slopes_of_terms.base_flow_id,
        slopes_of_terms.other_flow_id,
        slopes_of_terms.shares_add_up_to,
        shares_of_parameters.contribution_kind,
        shares_of_parameters.contribution_id,
        shares_of_parameters.base_input,
        shares_of_parameters.other_input,
        shares_of_parameters.input_unit
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
