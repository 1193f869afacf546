{#
    On the end of a run: put the work file in the place of the published warehouse, but only after a whole build that
    passed. A partial or a failed one stays in the work file. Only DuckDB has a file to publish.
#}
{% macro publish(results) %}
    {% if execute and flags.WHICH in ('build', 'run', 'seed', 'retry') %}
        {{ adapter.dispatch('publish')(results) }}
    {% endif %}
{% endmacro %}

{% macro default__publish(results) %}{% endmacro %}

{% macro duckdb__publish(results) %}
    {% set failed = results | selectattr('status', 'in', ['error', 'fail', 'runtime error', 'partial success']) | list %}
    {% set ran = results | rejectattr('status', 'equalto', 'skipped') | map(attribute='node.unique_id') | list %}
    {% set left = graph.nodes.values()
        | selectattr('resource_type', 'in', ['model', 'seed', 'snapshot', 'test'])
        | rejectattr('config.materialized', 'equalto', 'ephemeral')
        | map(attribute='unique_id') | reject('in', ran) | list %}
    {% if failed %}
        {{ log('NOT published: ' ~ failed | length ~ ' failed; the last good warehouse is untouched', info=true) }}
    {% elif left %}
        {{ log('not published: ' ~ left | length ~ ' nodes were not run; their results are in the work file only', info=true) }}
    {% elif flags.EMPTY or invocation_args_dict.get('sample') %}
        {{ log('not published: built on a part of the rows', info=true) }}
    {% else %}
        {{ drop_orphans() }}
        {# there is no transaction in on-run-end: each statement stands for itself #}
        {% set fresh = run_query("select cradle_publish('prepare')").rows[0][0] %}
        {% do run_query("attach '" ~ fresh | replace("'", "''") ~ "' as fresh_warehouse") %}
        {% do run_query('copy from database ' ~ adapter.quote(target.database) ~ ' to fresh_warehouse') %}
        {% do run_query('detach fresh_warehouse') %}
        {% set published = run_query("select cradle_publish('replace')").rows[0][0] %}
        {{ log('published ' ~ published, info=true) }}
    {% endif %}
{% endmacro %}
