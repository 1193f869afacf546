{# Totals of exactly 0 where the life cycle cannot be without the impact: what they mean is "not modelled". Components may
   be 0, and so may the end of life and electricity counted by its combustion alone. #}
{% macro no_silent_zero(relation, limits, key='factor_id') -%}
with

measured as (
    select *
    from {{ relation }}
    where
        is_total
        and life_cycle_stage in ('manufacturing', 'transport', 'use', 'embodied_unsplit')
        and coalesce(electricity_scope, 'not stated') != 'combustion_only'
),

limited as (
    {{ gate_limited('measured', limits, 'no_silent_zero', key) | indent(4) }}
)

select
    {{ gate_finding(
        'no_silent_zero', key, 'value', 'limit_low', 'null', "concat(amount_unit, '/', reference_unit)",
        "'more than 0'", "'exactly 0 where the life cycle cannot be: not modelled'"
    ) | indent(4) }}
from limited
where value = limit_low
{%- endmacro %}
