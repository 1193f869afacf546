{# Dates that spreadsheet software left in cells of text. Each gives NULL for any other text. #}

{# A day number: 44196 is 2020-12-31. Only 2000 to 2049, so that no other count passes for one. #}
{% macro excel_day(x) -%}
cast('1899-12-30' as date) + case
    when try_cast(nullif(regexp_extract({{ x }}, '^[0-9]{5}$', 0), '') as integer) between 36526 and 54788
        then try_cast({{ x }} as integer)
end
{%- endmacro %}

{# The last day of a month in the French format `mmm-yy`: déc.-19 is 2019-12-31. Two digits of a year are of this century. #}
{% macro excel_french_month_end(x) -%}
{%- set months = ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'] -%}
last_day(try_cast(concat(
    '20', nullif(regexp_extract({{ x }}, '^([^-]+)-([0-9]{2})$', 2), ''), '-',
    case regexp_extract({{ x }}, '^([^-]+)-([0-9]{2})$', 1)
        {%- for month in months %}
        when '{{ month }}' then '{{ '%02d' % loop.index }}'
        {%- endfor %}
    end, '-01'
) as date))
{%- endmacro %}
