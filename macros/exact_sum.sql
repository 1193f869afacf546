{#
    The sum of a number in whole millionths of a millionth, which does not depend on the order of the rows. It is added in two
    parts of 64 bits (of a number up to 1e22; 2 to the power of 50 divides without rounding), twice as fast as one of 128 bits.
#}
{% macro exact_sum(number) -%}
{%- set whole = 'round(' ~ number ~ ' * 1e12)' -%}
{%- set high = 'trunc(' ~ whole ~ ' / 1125899906842624)' -%}
sum(cast({{ high }} as bigint)) * 1125899906842624
+ sum(cast({{ whole }} - {{ high }} * 1125899906842624 as bigint))
{%- endmacro %}
