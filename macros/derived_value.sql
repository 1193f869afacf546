{# Value of a derived parameter by its named method, from the terms of its inputs in one group. A term of a product is
   an input to the power of its weight, a term of every other method an input times its weight. `ceiling` passes over the
   last bits: 200 x 2 x 1.1 / 40 comes out a bit above 11 and needs 11 cards, not 12. #}
{% macro derived_value(term) -%}
case method
    when 'product' then constant * {{ product(term) }}
    when 'sum' then constant + {{ ordered_sum(term) }}
    when 'exponential' then constant * exp({{ ordered_sum(term) }})
    when 'ceiling'
        then ceil(constant + {{ ordered_sum(term) }} - 1e-12 * abs(constant + {{ ordered_sum(term) }}))
    when 'next_power_of_two' then {{ next_power_of_two('constant + ' ~ ordered_sum(term)) }}
    when 'minimum' then constant + min({{ term }})
    when 'maximum' then constant + max({{ term }})
end
{%- endmacro %}
