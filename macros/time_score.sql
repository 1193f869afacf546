{# The pedigree score of a distance in years (Weidema and Wesnaes 1996): at most 3, 6, 10 and 15 years are 1 to 4; more,
   and a distance that is not known, are 5. #}
{% macro time_score(years) -%}
case
    when {{ years }} <= 3 then 1
    when {{ years }} <= 6 then 2
    when {{ years }} <= 10 then 3
    when {{ years }} <= 15 then 4
    else 5
end
{%- endmacro %}
