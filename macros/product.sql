{# Product of a column over a group, multiplied in sorted order so that the last digit does not depend on row order.
   NULL is ignored by every engine: guard with count(*) = count(value). #}
{% macro product(x) %}{{ return(adapter.dispatch('product')(x)) }}{% endmacro %}

{% macro default__product(x) %}product({{ x }} order by {{ x }}){% endmacro %}

{% macro spark__product(x) -%}
aggregate(sort_array(collect_list({{ x }})), cast(1 as double), (a, b) -> a * b)
{%- endmacro %}
