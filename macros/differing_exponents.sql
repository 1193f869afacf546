{# Rows of two lists of base units and exponents that differ, by the same key; a base unit not listed counts as 0. #}
{% macro differing_exponents(found, expected, key) -%}
select
{%- for column in key + ['base_unit'] %}
    coalesce({{ found }}.{{ column }}, {{ expected }}.{{ column }}) as {{ column }},
{%- endfor %}
    coalesce({{ found }}.exponent, 0) as exponent_found,
    coalesce({{ expected }}.exponent, 0) as exponent_expected
from {{ found }}
full join {{ expected }}
    on {% for column in key + ['base_unit'] -%}
        {{ found }}.{{ column }} = {{ expected }}.{{ column }}{{ '' if loop.last else ' and ' }}
    {%- endfor %}
where coalesce({{ found }}.exponent, 0) != coalesce({{ expected }}.exponent, 0)
{%- endmacro %}
