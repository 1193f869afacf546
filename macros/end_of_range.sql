{# A number at one end of the range that its cell states (`_min`, `_max`), the number itself where it states none. #}
{% macro end_of_range(column, end) -%}
{%- if end -%} coalesce({{ column }}{{ end }}, {{ column }}) {%- else -%} {{ column }} {%- endif -%}
{%- endmacro %}
