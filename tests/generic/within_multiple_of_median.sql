{# The gate of the same name on any table with the columns of int_gates__candidates. #}
{% test within_multiple_of_median(model, key='factor_id') %}
{{ within_multiple_of_median(model, ref('gate_limits'), ref('int_geographies__fallback'), key) }}
{% endtest %}
