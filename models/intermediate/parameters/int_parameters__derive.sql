{%- set depth = var('derivation_depth') -%}
with

inherited as (
    select * from {{ ref('int_parameters__inherit') }}
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

-- a value that a scenario states itself wins over its derivation
declared as (
    select
        scenarios.scenario_id,
        derived_parameters.model_id,
        derived_parameters.parameter_name,
        derived_parameters.method,
        derived_parameters.constant,
        derived_parameters.unit
    from derived_parameters
    inner join scenarios on derived_parameters.model_id = scenarios.model_id
    left join inherited
        on
            scenarios.scenario_id = inherited.scenario_id
            and derived_parameters.parameter_name = inherited.parameter_name
    where inherited.parameter_name is null
),

resolved_0 as (
    select
        scenario_id,
        parameter_name,
        value,
        value_low,
        value_high,
        is_ranged,
        unit,
        'stated' as method
    from inherited
),
{% for level in range(1, depth + 1) %}
terms_{{ level }} as (
    select
        declared.scenario_id,
        declared.parameter_name,
        declared.method,
        declared.constant,
        declared.unit,
        inputs.is_ranged,
        case declared.method
            when 'product' then pow(inputs.value, weights.weight) else inputs.value * weights.weight
        end
            as term,
        case declared.method
            when 'product' then pow(inputs.value_low, weights.weight)
            else inputs.value_low * weights.weight
        end as term_at_low,
        case declared.method
            when 'product' then pow(inputs.value_high, weights.weight)
            else inputs.value_high * weights.weight
        end as term_at_high
    from declared
    inner join derived_parameter_inputs as weights
        on
            declared.model_id = weights.model_id
            and declared.parameter_name = weights.parameter_name
    left join resolved_{{ level - 1 }} as inputs
        on
            declared.scenario_id = inputs.scenario_id
            and weights.input_name = inputs.parameter_name
    left join resolved_{{ level - 1 }} as done
        on
            declared.scenario_id = done.scenario_id
            and declared.parameter_name = done.parameter_name
    where done.parameter_name is null
),

valued_{{ level }} as (
    select
        scenario_id,
        parameter_name,
        {{ derived_value('term') }} as value,
        {{ derived_value('least(term_at_low, term_at_high)') }} as value_at_low_terms,
        {{ derived_value('greatest(term_at_low, term_at_high)') }} as value_at_high_terms,
        bool_or(is_ranged) as is_ranged,
        unit,
        method
    from terms_{{ level }}
    group by scenario_id, parameter_name, method, constant, unit
    having count(*) = count(term)
),

-- every method rises with its terms, unless a constant below 0 turns it round
computed_{{ level }} as (
    select
        scenario_id,
        parameter_name,
        value,
        least(value_at_low_terms, value_at_high_terms) as value_low,
        greatest(value_at_low_terms, value_at_high_terms) as value_high,
        is_ranged,
        unit,
        method
    from valued_{{ level }}
),

resolved_{{ level }} as (
    select * from resolved_{{ level - 1 }}
    union all
    select * from computed_{{ level }}
),
{% endfor %}
final as (
    select * from resolved_{{ depth }}
)

select * from final
