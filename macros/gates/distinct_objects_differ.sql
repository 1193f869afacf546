{# Totals of more things of a source than the limit that are the same to the last digit: whatever the name asked for, the
   same default came back. Which of them it describes, if any, only the source can tell. What Cradle reckons (not printed) is
   the same where its inputs are, and so may transport and the end of life be, which go by mass. #}
{% macro distinct_objects_differ(relation, limits, key='factor_id') -%}
{% set gate_id = 'distinct_objects_differ' -%}
with

measured as (
    select
        *,
        concat_ws(
            '|', source_id, object_class, component, indicator_id, life_cycle_stage, electricity_basis, amount_unit,
            reference_unit, coalesce(geography_id, 'not stated'), coalesce(cast(reference_year as string), 'not stated')
        ) as alike
    from {{ relation }}
    where
        is_total
        and value != 0
        and as_printed is not null
        and life_cycle_stage in ('manufacturing', 'embodied_unsplit')
),

limited as (
    {{ gate_limited('measured', limits, gate_id, key) | indent(4) }}
),

shared as (
    select
        alike,
        value,
        count(distinct object_id) as objects_alike
    from limited
    group by alike, value
),

compared as (
    select
        limited.{{ key }},
        limited.limit_high,
        limited.limit_unit,
        shared.objects_alike
    from limited
    inner join shared on limited.alike = shared.alike and limited.value = shared.value
    where shared.objects_alike > limited.limit_high
)

select
    {{ gate_finding(
        gate_id, key, 'objects_alike', 'null', 'limit_high', 'limit_unit', "'another value for another thing'",
        "concat('the same to the last digit for ', cast(objects_alike as string), ' things of the source: a default under their names')"
    ) | indent(4) }}
from compared
{%- endmacro %}
