{#
    CTEs that add the derived parameters to stated ones, one level of `derivation_depth` after the other; the last of them
    is named `result`. A parameter with a missing input stays out, and a value that is stated wins over its derivation.
    The model that calls it imports `scenarios` (scenario_id, model_id), `derived_parameters` and
    `derived_parameter_inputs`, and writes a comma behind.

    stated: a CTE of the stated values: the keys, parameter_name, value, value_low, value_high, is_ranged, unit
    keys: columns that tell one set of parameters from another: scenario_id, and run_id where a scenario runs many times
    ranges: false leaves out value_low, value_high and is_ranged
    only: a CTE of keys and parameter_name: the parameters to derive, where the others are stated or not wanted
#}
{% macro derive_parameters(stated, keys=['scenario_id'], result='derived', ranges=true, only=none) -%}
{%- set depth = var('derivation_depth') -%}
{%- set own_keys = keys | join(', ') -%}
-- a value that is stated wins over its derivation
sets_of_parameters as (
    select distinct {{ own_keys }}
    from {{ stated }}
),

to_derive as (
    select
        {%- for key in keys %}
        sets_of_parameters.{{ key }},
        {%- endfor %}
        derived_parameters.model_id,
        derived_parameters.parameter_name,
        derived_parameters.method,
        derived_parameters.constant,
        derived_parameters.unit
    from sets_of_parameters
    inner join scenarios on sets_of_parameters.scenario_id = scenarios.scenario_id
    inner join derived_parameters on scenarios.model_id = derived_parameters.model_id
    {%- if only %}
    inner join {{ only }}
        on
            {%- for key in keys %}
            sets_of_parameters.{{ key }} = {{ only }}.{{ key }} and
            {%- endfor %}
            derived_parameters.parameter_name = {{ only }}.parameter_name
    {%- endif %}
    left join {{ stated }}
        on
            {%- for key in keys %}
            sets_of_parameters.{{ key }} = {{ stated }}.{{ key }} and
            {%- endfor %}
            derived_parameters.parameter_name = {{ stated }}.parameter_name
    where {{ stated }}.parameter_name is null
),

resolved_0 as (
    select
        {{ own_keys }},
        parameter_name,
        value,
        {%- if ranges %}
        value_low,
        value_high,
        is_ranged,
        {%- endif %}
        unit,
        'stated' as method
    from {{ stated }}
),
{% for level in range(1, depth + 1) %}
terms_{{ level }} as (
    select
        {%- for key in keys %}
        to_derive.{{ key }},
        {%- endfor %}
        to_derive.parameter_name,
        to_derive.method,
        to_derive.constant,
        to_derive.unit,
        {%- if ranges %}
        inputs.is_ranged,
        {{ derived_term('inputs.value_low') }} as term_at_low,
        {{ derived_term('inputs.value_high') }} as term_at_high,
        {%- endif %}
        {{ derived_term('inputs.value') }} as term
    from to_derive
    inner join derived_parameter_inputs as weights
        on
            to_derive.model_id = weights.model_id
            and to_derive.parameter_name = weights.parameter_name
    left join resolved_{{ level - 1 }} as inputs
        on
            {%- for key in keys %}
            to_derive.{{ key }} = inputs.{{ key }} and
            {%- endfor %}
            weights.input_name = inputs.parameter_name
    left join resolved_{{ level - 1 }} as done
        on
            {%- for key in keys %}
            to_derive.{{ key }} = done.{{ key }} and
            {%- endfor %}
            to_derive.parameter_name = done.parameter_name
    where done.parameter_name is null
),

valued_{{ level }} as (
    select
        {{ own_keys }},
        parameter_name,
        {{ derived_value('term') }} as value,
        {%- if ranges %}
        {{ derived_value('least(term_at_low, term_at_high)') }} as value_at_low_terms,
        {{ derived_value('greatest(term_at_low, term_at_high)') }} as value_at_high_terms,
        bool_or(is_ranged) as is_ranged,
        {%- endif %}
        unit,
        method
    from terms_{{ level }}
    group by {{ own_keys }}, parameter_name, method, constant, unit
    having count(*) = count(term)
),

-- every method rises with its terms, unless a constant below 0 turns it round
computed_{{ level }} as (
    select
        {{ own_keys }},
        parameter_name,
        value,
        {%- if ranges %}
        least(value_at_low_terms, value_at_high_terms) as value_low,
        greatest(value_at_low_terms, value_at_high_terms) as value_high,
        is_ranged,
        {%- endif %}
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
{{ result }} as (
    select * from resolved_{{ depth }}
)
{%- endmacro %}
