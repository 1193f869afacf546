{# The overhead of a data centre lies on the way of each flow as often as its energy boundary says. #}
{% test pue_applied_once(model) %}
{{ pue_applied_once(model) }}
{% endtest %}
