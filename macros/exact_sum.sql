{#
    The sum of a number in whole millionths of a millionth, which does not depend on the order of the rows. 64 bits hold what
    is below nine million and are added several times as fast as 128; what they do not hold is added apart.
#}
{% macro exact_sum(number) -%}
{%- set whole = dbt.safe_cast('round(' ~ number ~ ' * 1e12)', api.Column.translate_type('bigint')) -%}
coalesce(cast(sum({{ whole }}) as decimal(38, 0)), 0)
+ coalesce(sum(case when {{ whole }} is null then cast(round({{ number }} * 1e12) as decimal(38, 0)) end), 0)
{%- endmacro %}
