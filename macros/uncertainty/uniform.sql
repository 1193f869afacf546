{# A number between 0 and 1, ends excluded, from the first 52 bits of the MD5 of a text: the same in every engine.
   (x + 0.5) / 2^52 is exact in a double. #}
{% macro uniform(key) -%}
((cast({{ hexadecimal_number('substr(md5(' ~ key ~ '), 1, 13)') }} as double) + 0.5) / 4503599627370496)
{%- endmacro %}

{# The whole number that up to 15 hexadecimal digits write. #}
{% macro hexadecimal_number(x) %}{{ return(adapter.dispatch('hexadecimal_number')(x)) }}{% endmacro %}

{% macro default__hexadecimal_number(x) %}cast('0x' || {{ x }} as bigint){% endmacro %}

{% macro spark__hexadecimal_number(x) %}conv({{ x }}, 16, 10){% endmacro %}
