{# The gate of the same name on any table with the columns of int_gates__candidates. #}
{% test sibling_cards_consistent(model, key='factor_id') %}
{{ sibling_cards_consistent(model, ref('gate_limits'), key) }}
{% endtest %}
