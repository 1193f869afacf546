{# Factors that quote another source whose own value is there too and differs. `quotes` pairs the key of the quoting factor
   with that of the cited one; a pair of which one is missing says nothing. #}
{% macro quoted_value_matches_cited_source(relation, quotes, limits, key='factor_id') -%}
{% set gate_id = 'quoted_value_matches_cited_source' -%}
with

given as (
    select * from {{ relation }}
),

pairs as (
    select
        quoting.{{ key }},
        quoting.value / cited.value as observed,
        limits.limit_low,
        limits.limit_high,
        limits.limit_unit,
        concat('the value of ', cited.{{ key }}) as expected,
        case
            when quoting.amount_unit != cited.amount_unit
                or quoting.reference_unit != cited.reference_unit
                then 'it quotes another source in another unit'
            when quoting.value / cited.value < limits.limit_low or quoting.value / cited.value > limits.limit_high
                then 'it quotes another source, which prints another value'
        end as reason
    from {{ quotes }} as quotes
    inner join given as quoting on quotes.factor_id = quoting.{{ key }}
    inner join given as cited on quotes.cited_factor_id = cited.{{ key }}
    inner join {{ limits }} as limits on limits.gate_id = '{{ gate_id }}' and limits.subject = 'any'
)

select
    {{ gate_finding(
        gate_id, key, 'observed', 'limit_low', 'limit_high', 'limit_unit', 'expected', 'reason'
    ) | indent(4) }}
from pairs
where reason is not null
qualify row_number() over (partition by {{ key }} order by expected) = 1
{%- endmacro %}
