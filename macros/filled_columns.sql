{# How specific a rule is, from the columns that it fills in, the weightiest first: any filled column outweighs all
   that come after it, so that only rules that fill the same columns can tie. #}
{% macro filled_columns(columns) -%}
{%- set weights = [] -%}
{%- for column in columns -%}
{%- do weights.append('case when ' ~ column ~ ' is not null then ' ~ 2 ** loop.revindex0 ~ ' else 0 end') -%}
{%- endfor -%}
({{ weights | join(' + ') }})
{%- endmacro %}
