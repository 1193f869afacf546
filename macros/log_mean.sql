{# Logarithmic mean of two numbers of the same sign that are not 0: (b - a) / ln(b / a), and a where both are equal (Ang
   2005, below eq. 5). Near each other the quotient of two small numbers loses its digits: there the series of
   artanh(r), r = (b - a) / (b + a), gives the same; its first term left out is below 1e-20 of the value. #}
{% macro log_mean(a, b) -%}
case
    when {{ a }} = {{ b }} then {{ a }}
    when abs({{ b }} - {{ a }}) < 0.01 * abs({{ a }} + {{ b }})
        then ({{ a }} + {{ b }}) / 2 / (
            1
            + pow(({{ b }} - {{ a }}) / ({{ b }} + {{ a }}), 2) / 3
            + pow(({{ b }} - {{ a }}) / ({{ b }} + {{ a }}), 4) / 5
            + pow(({{ b }} - {{ a }}) / ({{ b }} + {{ a }}), 6) / 7
            + pow(({{ b }} - {{ a }}) / ({{ b }} + {{ a }}), 8) / 9
        )
    else ({{ b }} - {{ a }}) / ln({{ b }} / {{ a }})
end
{%- endmacro %}
