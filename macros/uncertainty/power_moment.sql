{# Mean of an input to the power p, in closed form; NULL where there is none. The columns of
   int_uncertainty__describe_inputs are read from `inputs`. Lognormal: Johnson, Kotz, Balakrishnan (1994), Continuous
   Univariate Distributions 1, equation 14.8; the others are integrals of powers. #}
{% macro power_moment(p, inputs) -%}
{%- set v = inputs ~ '.value' -%}
{%- set s = inputs ~ '.log_deviation' -%}
{%- set a = inputs ~ '.lower_limit' -%}
{%- set b = inputs ~ '.upper_limit' -%}
{%- set d = '(' ~ v ~ ' - ' ~ a ~ ')' -%}
case
    when {{ p }} = 0 then cast(1 as double)
    when {{ inputs }}.distribution = 'lognormal' and {{ a }} = 0
        then pow({{ v }}, {{ p }}) * exp(pow({{ p }} * {{ s }}, 2) / 2)
    when {{ inputs }}.distribution = 'lognormal' and {{ p }} = 1 then {{ a }} + {{ d }} * exp(pow({{ s }}, 2) / 2)
    when {{ inputs }}.distribution = 'lognormal' and {{ p }} = 2
        then
            pow({{ a }}, 2)
            + 2 * {{ a }} * {{ d }} * exp(pow({{ s }}, 2) / 2)
            + pow({{ d }}, 2) * exp(2 * pow({{ s }}, 2))
    when {{ inputs }}.distribution = 'normal' and {{ p }} = 1 then {{ v }}
    when {{ inputs }}.distribution = 'normal' and {{ p }} = 2 then pow({{ v }}, 2) + pow({{ inputs }}.standard_deviation, 2)
    when {{ inputs }}.distribution = 'uniform' and {{ p }} = -1 and {{ a }} > 0 then ln({{ b }} / {{ a }}) / ({{ b }} - {{ a }})
    when {{ inputs }}.distribution = 'uniform' and ({{ p }} > 0 or {{ a }} > 0) and {{ a }} >= 0
        then (pow({{ b }}, {{ p }} + 1) - pow({{ a }}, {{ p }} + 1)) / (({{ p }} + 1) * ({{ b }} - {{ a }}))
    when {{ inputs }}.distribution = 'loguniform'
        then (pow({{ b }}, {{ p }}) - pow({{ a }}, {{ p }})) / ({{ p }} * ln({{ b }} / {{ a }}))
    when {{ inputs }}.distribution = 'logitnormal' and {{ a }} = 0 and {{ p }} = -1
        then (1 + ({{ b }} - {{ v }}) / {{ v }} * exp(pow({{ s }}, 2) / 2)) / {{ b }}
    when {{ inputs }}.distribution = 'logitnormal' and {{ a }} = 0 and {{ p }} = -2
        then
            (
                1
                + 2 * ({{ b }} - {{ v }}) / {{ v }} * exp(pow({{ s }}, 2) / 2)
                + pow(({{ b }} - {{ v }}) / {{ v }}, 2) * exp(2 * pow({{ s }}, 2))
            ) / pow({{ b }}, 2)
    when {{ inputs }}.distribution = 'triangular' and {{ p }} = 1 then ({{ a }} + {{ v }} + {{ b }}) / 3
    when {{ inputs }}.distribution = 'triangular' and {{ p }} = 2
        then
            (
                pow({{ a }}, 2) + pow({{ v }}, 2) + pow({{ b }}, 2)
                + {{ a }} * {{ v }} + {{ a }} * {{ b }} + {{ v }} * {{ b }}
            ) / 6
end
{%- endmacro %}
