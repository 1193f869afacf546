{# True for a contract row that holds a reject_row violation; never NULL. #}
{% macro is_rejected(violations) %}{{ return(adapter.dispatch('is_rejected')(violations)) }}{% endmacro %}

{% macro default__is_rejected(violations) -%}
coalesce(list_contains(list_transform({{ violations }}, lambda v: v.severity), 'reject_row'), false)
{%- endmacro %}

{% macro spark__is_rejected(violations) -%}
coalesce(exists({{ violations }}, v -> v.severity = 'reject_row'), false)
{%- endmacro %}
