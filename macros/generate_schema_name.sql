{# a custom schema is used as it is written: `staging`, not `main_staging` #}
{% macro generate_schema_name(custom_schema_name, node) %}
    {{- (custom_schema_name or target.schema) | trim -}}
{% endmacro %}
