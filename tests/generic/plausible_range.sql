{# The gate of the same name on any table with the columns of int_gates__candidates. #}
{% test plausible_range(model, key='factor_id') %}
{{ plausible_range(model, ref('gate_limits'), key) }}
{% endtest %}
