{# The same hardware has about the same footprint whoever rents it out. #}
{% test same_hardware_same_footprint(model, hardware, value) %}
{{ same_hardware_same_footprint(model, ref('gate_limits'), hardware, value) }}
{% endtest %}
