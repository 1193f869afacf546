{# The columns together identify a row: none is missing, unless listed as nullable, and no combination occurs twice. #}
{% test unique_key(model, columns, nullable=[]) %}
select
    {{ columns | join(',\n    ') }},
    count(*) as occurrences
from {{ model }}
group by {{ columns | join(', ') }}
having
    count(*) > 1
{%- for column in columns if column not in nullable %}
    or {{ column }} is null
{%- endfor %}
{% endtest %}
