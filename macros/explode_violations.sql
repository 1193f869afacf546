{# One row a violation of a contract model: its lineage, column_name, check_name, offending_text and severity. #}
{% macro explode_violations(relation) -%}
select
    source_id,
    release_id,
    file_sha256,
    row_number,
    violation.column_name,
    violation.check_name,
    violation.value as offending_text,
    violation.severity
from {{ exploded(relation, 'violations', 'violation') }}
{%- endmacro %}
