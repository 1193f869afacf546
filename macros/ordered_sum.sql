{# Sum of a column over a group, added in sorted order so that the last digit does not depend on row order or threads.
   NULL where every value is NULL, as with sum(). #}
{% macro ordered_sum(x) %}{{ return(adapter.dispatch('ordered_sum')(x)) }}{% endmacro %}

{% macro default__ordered_sum(x) %}sum({{ x }} order by {{ x }}){% endmacro %}

{% macro spark__ordered_sum(x) -%}
case
    when count({{ x }}) > 0
        then aggregate(sort_array(collect_list({{ x }})), cast(0 as double), (a, b) -> a + b)
end
{%- endmacro %}
