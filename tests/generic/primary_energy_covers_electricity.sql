{# The gate of the same name on any table with the columns of int_gates__candidates. #}
{% test primary_energy_covers_electricity(model, key='factor_id') %}
{{ primary_energy_covers_electricity(model, ref('gate_limits'), key) }}
{% endtest %}
