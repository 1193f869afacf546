{# Rows of a relation with the limit that a gate sets for their object class and impact category: a row of gate_limits for
   one category wins over the row of the class for any. Rows without a limit are left out. #}
{% macro gate_limited(relation, limits, gate_id, key) -%}
select
    measured.*,
    limits.limit_low as limit_low,
    limits.limit_high as limit_high,
    limits.limit_unit as limit_unit
from {{ relation }} as measured
inner join {{ limits }} as limits
    on
        limits.gate_id = '{{ gate_id }}'
        and measured.object_class = limits.subject
        and measured.impact_category = coalesce(limits.impact_category, measured.impact_category)
qualify row_number() over (
    partition by measured.{{ key }}
    order by case when limits.impact_category is null then 1 else 0 end
) = 1
{%- endmacro %}
