{# An integrated set that is landed no more, or in another state, goes before new ones come. #}
{% macro forget_removed_traces() -%}
{% if is_incremental() -%}
delete from {{ this }} where samples_file not in (select samples_file from raw.power__tables)
{%- else -%}
select 1
{%- endif %}
{%- endmacro %}
