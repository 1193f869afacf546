{# The year of a report's date: '2020', 'May 2020', 'Feb 2020', 'May 5 2020', '2020-5-5', '26/07/2019'. NULL where there is none. #}
{% macro report_year(x) -%}
try_cast(nullif(regexp_extract({{ x }}, '(^|[ /])((19|20)[0-9]{2})($|-)', 2), '') as integer)
{%- endmacro %}

{# The month of a report's date, where it is stated. With slashes only where the first number can be no month. #}
{% macro report_month(x) -%}
{%- set months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] -%}
case regexp_extract({{ x }}, '^[A-Z][a-z][a-z]', 0)
    {%- for month in months %}
    when '{{ month }}' then {{ loop.index }}
    {%- endfor %}
    else coalesce(
        try_cast(nullif(regexp_extract({{ x }}, '^[0-9]{4}-([0-9]{1,2})-', 1), '') as integer),
        try_cast(nullif(regexp_extract({{ x }}, '^(1[3-9]|2[0-9]|3[01])/([0-9]{1,2})/', 2), '') as integer)
    )
end
{%- endmacro %}
