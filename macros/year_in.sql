{# The year that a regular expression with one group finds in a text; NULL where it finds none. #}
{% macro year_in(x, pattern) -%}
try_cast(nullif(regexp_extract({{ x }}, '{{ pattern }}', 1), '') as integer)
{%- endmacro %}
