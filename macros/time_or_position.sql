{# Microseconds of a sample: its time, else its position by the rate of the channel. #}
{% macro time_or_position(time_us, row_number, channel='channels') -%}
coalesce({{ time_us }}, cast(round({{ row_number }} / {{ channel }}.sample_rate_hz * 1e6) as bigint))
{%- endmacro %}
