{# The gate of the same name on any table with the columns of int_gates__candidates. #}
{% test unit_of_indicator(model, key='factor_id') %}
{{ unit_of_indicator(model, key) }}
{% endtest %}
