{# The value at the smallest distance among those that are stated. #}
{% macro nearest(value, distance) -%}
min_by({{ value }}, {{ distance }}) filter (where {{ value }} is not null)
{%- endmacro %}
