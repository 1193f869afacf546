{# A name on one line: tabs, line breaks and no-break spaces become spaces, runs of quotes one quote, ends trimmed. #}
{% macro tidy_text(x) -%}
{%- set expression = namespace(sql=x) -%}
{%- for code in [9, 10, 13, 160] -%}
{%- set expression.sql = "replace(" ~ expression.sql ~ ", chr(" ~ code ~ "), ' ')" -%}
{%- endfor -%}
{#- each round halves a run of quotes: six rounds take 64 -#}
{%- for round in range(6) -%}
{%- set expression.sql = "replace(" ~ expression.sql ~ ", '\"\"', '\"')" -%}
{%- endfor -%}
trim({{ expression.sql }})
{%- endmacro %}
