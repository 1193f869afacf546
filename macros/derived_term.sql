{# What one input puts into a derived parameter: a power of it in a product, a multiple of it in every other method. The
   macro that calls it has the derived parameter as `to_derive` and the input's weight as `weights`. #}
{% macro derived_term(value) -%}
case to_derive.method
    when 'product' then pow({{ value }}, weights.weight) else {{ value }} * weights.weight
end
{%- endmacro %}
