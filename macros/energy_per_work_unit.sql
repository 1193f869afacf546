{# The unit of energy by a unit of work as the vocabulary of units has it; NULL for work that the vocabulary lacks. #}
{% macro energy_per_work_unit(work_unit) -%}
case
    when {{ work_unit }} in ('token', 'input_token', 'output_token') then 'kWh/token'
    when {{ work_unit }} in ('query', 'request') then 'kWh/request'
    when {{ work_unit }} in ('image', 'step', 'sample') then concat('kWh/', {{ work_unit }})
end
{%- endmacro %}
