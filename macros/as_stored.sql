{#
    The window over samples as they are stored, by channel and row. DuckDB reads them in that order and keeps one row before
    (int_power__integrate finds out where it was another); elsewhere the order is asked for.
#}
{% macro as_stored() -%}
{{ return(adapter.dispatch('as_stored')()) }}
{%- endmacro %}

{% macro default__as_stored() -%}
(partition by channel_key order by row_number)
{%- endmacro %}

{% macro duckdb__as_stored() -%}
()
{%- endmacro %}
