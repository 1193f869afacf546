{# The gate of the same name on any table with the columns of int_gates__candidates. #}
{% test fallback_is_visible(model, key='factor_id') %}
{{ fallback_is_visible(model, ref('gate_limits'), ref('int_geographies__fallback'), key) }}
{% endtest %}
