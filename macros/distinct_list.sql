{# The distinct values of a column over a group as one text, sorted, separated by '; '. NULL where there is none. #}
{% macro distinct_list(x) %}{{ return(adapter.dispatch('distinct_list')(x)) }}{% endmacro %}

{% macro default__distinct_list(x) %}string_agg(distinct {{ x }}, '; ' order by {{ x }}){% endmacro %}

{% macro spark__distinct_list(x) %}nullif(array_join(sort_array(collect_set({{ x }})), '; '), ''){% endmacro %}
