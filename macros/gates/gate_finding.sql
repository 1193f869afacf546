{# The columns of a finding, from expressions. #}
{% macro gate_finding(gate_id, key, observed, limit_low, limit_high, limit_unit, expected, reason) -%}
'{{ gate_id }}' as gate_id,
{{ key }},
cast({{ observed }} as double) as observed,
cast({{ limit_low }} as double) as limit_low,
cast({{ limit_high }} as double) as limit_high,
{{ limit_unit }} as limit_unit,
{{ expected }} as expected,
{{ reason }} as reason
{%- endmacro %}
