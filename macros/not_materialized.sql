{# For a step of many rows that several others read: DuckDB would keep all its rows, and reading them again is cheaper. #}
{% macro not_materialized() -%}
{{ return(adapter.dispatch('not_materialized')()) }}
{%- endmacro %}

{% macro default__not_materialized() -%}
{%- endmacro %}

{% macro duckdb__not_materialized() -%}
not materialized
{%- endmacro %}
