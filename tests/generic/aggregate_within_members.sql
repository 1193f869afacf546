{# The gate of the same name on any table with the columns of int_gates__candidates. #}
{% test aggregate_within_members(model, key='factor_id') %}
{{ aggregate_within_members(model, ref('gate_limits'), ref('int_geographies__fallback'), key=key) }}
{% endtest %}
