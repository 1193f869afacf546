{# Mean of a score over a group, weighted by the absolute value that rests on it: a credit weighs as much as a burden of
   its size. NULL where nothing has a value, or all values are 0. #}
{% macro mean_by_size(score, value) -%}
{{ ordered_sum(score ~ ' * abs(' ~ value ~ ')') }}
/ nullif({{ ordered_sum('case when ' ~ score ~ ' is not null then abs(' ~ value ~ ') end') }}, 0)
{%- endmacro %}
