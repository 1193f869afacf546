{# The columns that every node of an explanation has, in their order, with their types. #}
{% macro explanation_types() %}
{{ return({
    'path': 'string', 'parent_path': 'string', 'depth': 'integer', 'node_kind': 'string', 'node_name': 'string',
    'node_title': 'string', 'weight': 'double', 'value': 'double', 'unit': 'string', 'reference_unit': 'string',
    'method': 'string', 'constant': 'double', 'as_printed': 'string', 'source_id': 'string', 'locator': 'string',
    'file_path': 'string', 'file_sha256': 'string', 'row_number': 'bigint', 'node_reason': 'string',
    'licence_set': 'string',
}) }}
{% endmacro %}

{# A node from the expressions given; what is not given is NULL. #}
{% macro explanation_node(given) -%}
{%- for name, type in explanation_types().items() -%}
cast({{ given.get(name, 'null') }} as {{ type }}) as {{ name }}
{%- if not loop.last %},
{% endif %}
{%- endfor %}
{%- endmacro %}

{# The columns of nodes that are there already. #}
{% macro explanation_columns(relation) -%}
{%- for name in explanation_types() -%}
{{ relation }}.{{ name }}
{%- if not loop.last %},
{% endif %}
{%- endfor %}
{%- endmacro %}
