{# Cells of a landed table as upstream prints them: one row a record and field. `record_key` is an SQL expression. #}
{% macro observed_cells(relation, entity, record_key, fields) -%}
{% for field in fields -%}
select
    source_id,
    '{{ entity }}' as entity,
    cast({{ record_key }} as string) as record_key,
    '{{ field }}' as field,
    cast({{ field }} as string) as as_printed
from {{ relation }}
{{ 'union all\n' if not loop.last }}
{%- endfor %}
{%- endmacro %}
