{# The parts of a text that distinct_list made, as a list. #}
{% macro split_list(x) %}{{ return(adapter.dispatch('split_list')(x)) }}{% endmacro %}

{% macro default__split_list(x) %}string_split({{ x }}, '; '){% endmacro %}

{% macro spark__split_list(x) %}split({{ x }}, '; '){% endmacro %}
