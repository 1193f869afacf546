{# How specific a rule is, from the columns that it fills in, the weightiest first: any filled column outweighs all
   that come after it, so that only rules that fill the same columns can tie. #}
{% macro filled_columns(columns) -%}
(
    {%- for column in columns %}
    case when {{ column }} is not null then {{ 2 ** (columns | length - loop.index) }} else 0 end
    {%- if not loop.last %} +{% endif %}
    {%- endfor %}
)
{%- endmacro %}
