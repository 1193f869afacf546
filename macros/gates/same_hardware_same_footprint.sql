{# Rows whose footprint is more than a multiple of the lowest that a row gives to the same hardware. Which of the two is
   wrong, only a look at both can tell. #}
{% macro same_hardware_same_footprint(relation, limits, hardware, value) -%}
with

measured as (
    select
        *,
        cast({{ value }} as double) as observed,
        min(cast({{ value }} as double)) over (partition by {{ hardware }}) as lowest
    from {{ relation }}
    where {{ hardware }} is not null and {{ value }} is not null
)

select
    measured.*,
    measured.lowest * limits.limit_high as limit_high
from measured
inner join {{ limits }} as limits on limits.gate_id = 'same_hardware_same_footprint'
where measured.observed > measured.lowest * limits.limit_high
{%- endmacro %}
