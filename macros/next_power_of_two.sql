{# Smallest power of two that is not below a number; 1 for what is at most 1. A logarithm may come out a last bit above
   a whole number (of 2^29 in some engines): then the power below still reaches the number. #}
{% macro next_power_of_two(x) -%}
case
    when {{ x }} <= 1 then cast(1 as double)
    when pow(2, ceil(ln({{ x }}) / ln(2)) - 1) >= {{ x }} then pow(2, ceil(ln({{ x }}) / ln(2)) - 1)
    when pow(2, ceil(ln({{ x }}) / ln(2))) < {{ x }} then pow(2, ceil(ln({{ x }}) / ln(2)) + 1)
    else pow(2, ceil(ln({{ x }}) / ln(2)))
end
{%- endmacro %}
