{# No card and no board holds more memory than one can; `memory` in GB, `subject` an SQL expression (see the macro). #}
{% test memory_is_possible(model, memory, subject, units='1') %}
{{ memory_is_possible(model, ref('gate_limits'), memory, subject, units) }}
{% endtest %}
