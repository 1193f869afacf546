{# drop what no node of the project makes any more #}
{% macro drop_orphans() %}
    {% set known = [] %}
    {% for node in graph.nodes.values() %}{% do known.append(node.schema ~ '.' ~ node.alias) %}{% endfor %}
    {% set there %}
        select table_schema, table_name, table_type
        from information_schema.tables
        where table_catalog = current_database() and table_schema != 'raw'
    {% endset %}
    {% for schema, name, kind in run_query(there).rows if schema ~ '.' ~ name not in known %}
        {{ log('dropping ' ~ schema ~ '.' ~ name ~ ': no node makes it any more', info=true) }}
        {% do run_query('drop ' ~ ('view' if kind == 'VIEW' else 'table') ~ ' ' ~ adapter.quote(schema) ~ '.' ~ adapter.quote(name)) %}
    {% endfor %}
{% endmacro %}
