{# Rows whose memory in GB is more than a card or a board can hold. `subject` is an SQL expression: a family of cards,
   'card' or 'board'; a family without a limit is held to that of any card. `units` multiplies memory stated by stick. #}
{% macro memory_is_possible(relation, limits, memory, subject, units='1') -%}
with

measured as (
    select
        *,
        cast({{ memory }} as double) * cast({{ units }} as double) as observed,
        {{ subject }} as limited_subject
    from {{ relation }}
)

select
    measured.*,
    coalesce(own.limit_high, any_card.limit_high) as limit_high
from measured
left join {{ limits }} as own
    on own.gate_id = 'memory_is_possible' and measured.limited_subject = own.subject
left join {{ limits }} as any_card
    on any_card.gate_id = 'memory_is_possible' and any_card.subject = 'card'
where measured.observed > coalesce(own.limit_high, any_card.limit_high)
{%- endmacro %}
