{# Lists of draws: element k of each list is draw k. One list a value takes 8 bytes a draw, and joins move values and
   not draws. #}

{# The numbers 1 to n, as a list. #}
{% macro draw_numbers(n) %}{{ return(adapter.dispatch('draw_numbers')(n)) }}{% endmacro %}

{% macro default__draw_numbers(n) %}range(1, {{ n }} + 1){% endmacro %}

{% macro spark__draw_numbers(n) %}sequence(1, {{ n }}){% endmacro %}

{# Each element `name` of a list by an expression of it. #}
{% macro each_draw(draws, name, expression) -%}
{{ return(adapter.dispatch('each_draw')(draws, name, expression)) }}
{%- endmacro %}

{% macro default__each_draw(draws, name, expression) -%}
list_transform({{ draws }}, lambda {{ name }}: {{ expression }})
{%- endmacro %}

{% macro spark__each_draw(draws, name, expression) -%}
transform({{ draws }}, {{ name }} -> {{ expression }})
{%- endmacro %}

{# Two lists of the same length, draw by draw: `operator` is *, / or +. #}
{% macro two_draws(a, b, operator) %}{{ return(adapter.dispatch('two_draws')(a, b, operator)) }}{% endmacro %}

{% macro default__two_draws(a, b, operator) -%}
list_transform(range(1, len({{ a }}) + 1), lambda k: {{ a }}[k] {{ operator }} {{ b }}[k])
{%- endmacro %}

{% macro spark__two_draws(a, b, operator) -%}
zip_with({{ a }}, {{ b }}, (x, y) -> x {{ operator }} y)
{%- endmacro %}

{# A list of lists, draw by draw: `method` is product, sum, min or max of the same draw of every list. #}
{% macro combined_draws(lists, method) %}{{ return(adapter.dispatch('combined_draws')(lists, method)) }}{% endmacro %}

{% macro default__combined_draws(lists, method) -%}
list_transform(
    range(1, len({{ lists }}[1]) + 1),
    lambda k: list_aggregate(list_transform({{ lists }}, lambda draws: draws[k]), '{{ method }}')
)
{%- endmacro %}

{% macro spark__combined_draws(lists, method) -%}
{%- set step = {'product': 'x * y', 'sum': 'x + y', 'min': 'least(x, y)', 'max': 'greatest(x, y)'}[method] -%}
aggregate(slice({{ lists }}, 2, size({{ lists }})), {{ lists }}[0], (a, b) -> zip_with(a, b, (x, y) -> {{ step }}))
{%- endmacro %}

{# The lists of a group as one list of lists, in the order of a key. #}
{% macro lists_in_order(draws, key) %}{{ return(adapter.dispatch('lists_in_order')(draws, key)) }}{% endmacro %}

{% macro default__lists_in_order(draws, key) -%}
list({{ draws }} order by {{ key }}) filter (where {{ draws }} is not null)
{%- endmacro %}

{% macro spark__lists_in_order(draws, key) -%}
transform(
    sort_array(collect_list(case when {{ draws }} is not null then struct({{ key }} as key, {{ draws }} as draws) end)),
    x -> x.draws
)
{%- endmacro %}

{# Mean and standard deviation (n - 1) of a list of draws. #}
{% macro mean_of_draws(draws) %}{{ return(adapter.dispatch('mean_of_draws')(draws)) }}{% endmacro %}

{% macro default__mean_of_draws(draws) %}list_avg({{ draws }}){% endmacro %}

{% macro spark__mean_of_draws(draws) -%}
aggregate({{ draws }}, cast(0 as double), (a, x) -> a + x, a -> a / size({{ draws }}))
{%- endmacro %}

{% macro deviation_of_draws(draws) %}{{ return(adapter.dispatch('deviation_of_draws')(draws)) }}{% endmacro %}

{% macro default__deviation_of_draws(draws) %}list_stddev_samp({{ draws }}){% endmacro %}

{% macro spark__deviation_of_draws(draws) -%}
sqrt(
    aggregate(
        {{ draws }}, cast(0 as double), (a, x) -> a + pow(x - {{ spark__mean_of_draws(draws) }}, 2),
        a -> a / (size({{ draws }}) - 1)
    )
)
{%- endmacro %}

{# Linearly interpolated quantiles, as a list in the order of the probabilities. #}
{% macro quantiles_of_draws(draws, probabilities) -%}
{{ return(adapter.dispatch('quantiles_of_draws')(draws, probabilities)) }}
{%- endmacro %}

{% macro default__quantiles_of_draws(draws, probabilities) -%}
list_aggregate({{ draws }}, 'quantile_cont', [{{ probabilities | join(', ') }}])
{%- endmacro %}

{% macro spark__quantiles_of_draws(draws, probabilities) -%}
array(
    {%- for probability in probabilities %}
    {%- set place = '((size(' ~ draws ~ ') - 1) * ' ~ probability ~ 'D)' %}
    element_at(sort_array({{ draws }}), cast(floor({{ place }}) as int) + 1) * (1 - {{ place }} + floor({{ place }}))
    + element_at(sort_array({{ draws }}), cast(ceil({{ place }}) as int) + 1) * ({{ place }} - floor({{ place }}))
    {{- ',' if not loop.last }}
    {%- endfor %}
)
{%- endmacro %}

{# One element of a list, counted from 1. #}
{% macro element_of(list, position) %}{{ return(adapter.dispatch('element_of')(list, position)) }}{% endmacro %}

{% macro default__element_of(list, position) %}{{ list }}[{{ position }}]{% endmacro %}

{% macro spark__element_of(list, position) %}element_at({{ list }}, {{ position }}){% endmacro %}

{# Pearson's correlation of two lists of n draws. #}
{% macro correlation_of_draws(a, b, n) -%}
({{ mean_of_draws(two_draws(a, b, '*')) }} - {{ mean_of_draws(a) }} * {{ mean_of_draws(b) }})
* {{ n }} / ({{ n }} - 1) / nullif({{ deviation_of_draws(a) }} * {{ deviation_of_draws(b) }}, 0)
{%- endmacro %}
