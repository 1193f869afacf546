{# A rounded number as an integer of at least 38 digits, so that its sum does not depend on the order of the rows. #}
{% macro whole_number(x) -%}
{{ return(adapter.dispatch('whole_number')(x)) }}
{%- endmacro %}

{% macro default__whole_number(x) -%}
cast(round({{ x }}) as decimal(38, 0))
{%- endmacro %}

{% macro duckdb__whole_number(x) -%}
cast(round({{ x }}) as hugeint)
{%- endmacro %}
