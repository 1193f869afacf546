{# One text for factors that differ in nothing but place, year and value; `extra` columns narrow it. #}
{% macro gate_series(extra=[]) -%}
concat_ws(
    '|', source_id, object_id, component, indicator_id, life_cycle_stage, electricity_basis,
    coalesce(electricity_scope, 'not stated'), amount_unit, reference_unit
{%- for column in extra %}, coalesce(cast({{ column }} as string), 'not stated'){% endfor %}
)
{%- endmacro %}
