{# The gate of the same name on any table with the columns of int_gates__candidates. #}
{% test no_silent_zero(model, key='factor_id') %}
{{ no_silent_zero(model, ref('gate_limits'), key) }}
{% endtest %}
