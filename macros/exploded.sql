{# A relation with one row an element of a list column, for use after `from`. #}
{% macro exploded(relation, column, element) -%}
{{ return(adapter.dispatch('exploded')(relation, column, element)) }}
{%- endmacro %}

{% macro default__exploded(relation, column, element) -%}
(select *, unnest({{ column }}) as {{ element }} from {{ relation }})
{%- endmacro %}

{% macro spark__exploded(relation, column, element) -%}
{{ relation }} lateral view explode({{ column }}) as {{ element }}
{%- endmacro %}
