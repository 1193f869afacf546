{#
    Partial derivative of a product with respect to one of its inputs. At an input of 0 it is the product of the others,
    which is itself 0 where another one is 0; where an input of 0 stands to a power below 1 there is none.

    value: the product; constant: its constant; input, power: the input and its power
    zeros, rest: how many inputs of the product are 0, and the product of the powers of those that are not
#}
{% macro partial_of_product(value, constant, input, power, zeros, rest) -%}
case
    when {{ input }} != 0 then {{ power }} * {{ value }} / {{ input }}
    when {{ power }} > 1 then 0
    when {{ power }} = 1 and {{ zeros }} > 1 then 0
    when {{ power }} = 1 then {{ constant }} * coalesce({{ rest }}, 1)
end
{%- endmacro %}
