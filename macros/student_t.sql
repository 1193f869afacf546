{# 0.975 quantile of Student's t, for 95 % intervals. Abramowitz, Stegun (1964), 26.7.5: expansion about the
   normal quantile 1.959964; exact for 1 and 2 degrees of freedom, 0.12 % low at 3, 0.03 % at 4 and less beyond.
   NULL below 1. #}
{% macro student_t_975(degrees_of_freedom) -%}
{%- set v = '(' ~ degrees_of_freedom ~ ')' -%}
{%- set z = 1.959963984540054 -%}
{%- set z2 = z * z -%}
case
    when {{ v }} < 1 then null
    when {{ v }} = 1 then 12.706204736174694
    when {{ v }} = 2 then 4.302652729749462
    else
        {{ z }}
        + {{ z * (z2 + 1) / 4 }} / {{ v }}
        + {{ z * (z2 * (5 * z2 + 16) + 3) / 96 }} / pow({{ v }}, 2)
        + {{ z * (z2 * (z2 * (3 * z2 + 19) + 17) - 15) / 384 }} / pow({{ v }}, 3)
        + {{ z * (z2 * (z2 * (z2 * (79 * z2 + 776) + 1482) - 1920) - 945) / 92160 }} / pow({{ v }}, 4)
end
{%- endmacro %}
