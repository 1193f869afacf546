{# ln|b / a| by b - a, of two numbers that are not 0: what one step of a number adds to the logarithm of a product. #}
{% macro log_slope(a, b) -%}
case
    when sign({{ a }}) = sign({{ b }}) then 1 / ({{ log_mean(a, b) }})
    else ln(abs({{ b }} / {{ a }})) / ({{ b }} - {{ a }})
end
{%- endmacro %}
