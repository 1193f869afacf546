{# One row a violation of a contract model: its lineage, column_name, check_name, offending_text and severity. #}
{% macro explode_violations(relation) %}{{ return(adapter.dispatch('explode_violations')(relation)) }}{% endmacro %}

{% macro default__explode_violations(relation) -%}
select
    source_id,
    release_id,
    file_sha256,
    row_number,
    violation.column_name,
    violation.check_name,
    violation.value as offending_text,
    violation.severity
from (
    select
        source_id,
        release_id,
        file_sha256,
        row_number,
        unnest(violations) as violation
    from {{ relation }}
)
{%- endmacro %}

{% macro spark__explode_violations(relation) -%}
select
    source_id,
    release_id,
    file_sha256,
    row_number,
    violation.column_name,
    violation.check_name,
    violation.value as offending_text,
    violation.severity
from {{ relation }}
lateral view explode(violations) as violation
{%- endmacro %}
