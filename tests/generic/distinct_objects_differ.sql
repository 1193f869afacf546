{# The gate of the same name on any table with the columns of int_gates__candidates. #}
{% test distinct_objects_differ(model, key='factor_id') %}
{{ distinct_objects_differ(model, ref('gate_limits'), key) }}
{% endtest %}
