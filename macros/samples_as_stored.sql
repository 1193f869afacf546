{#
    Usable samples by channel and row, as they are stored, with the one before and the one after each, which may be of another
    channel. DuckDB reads them in that order and keeps a few rows, so that a long trace is never in memory as a whole; elsewhere the
    order is asked for. One order is read by one thread, so six are read side by side: the channels before the one in the middle of
    all samples, four stretches of that one, and the channels after it (macros/cut_traces.sql). A stretch reads one sample beyond
    each cut, which stands beside its last or first. Without cuts the first of the six reads all.
    The time is that of UTC where it is known, else the stated one, else, once the channel is joined, the position.
#}
{% macro samples_as_stored(samples) -%}
{{ return(adapter.dispatch('samples_as_stored')(samples)) }}
{%- endmacro %}

{% macro default__samples_as_stored(samples) -%}
{{ _samples_with_neighbours(samples, '(partition by channel_key order by row_number)') }}
{%- endmacro %}

{% macro duckdb__samples_as_stored(samples) -%}
{%- set highest = 9223372036854775806 -%}
{%- set middle = "getvariable('middle_channel')" -%}
{{ _samples_with_neighbours(samples, '()') }}
    and channel_key >= coalesce(getvariable('first_channel'), 0)
    and channel_key <= coalesce({{ middle }} - 1, getvariable('last_channel'), {{ highest }})
union all
{{ _samples_with_neighbours(samples, '()') }}
    and channel_key >= coalesce({{ middle }}, {{ highest }}) + 1
    and channel_key <= coalesce(getvariable('last_channel'), {{ highest }})
{%- for stretch in (1, 2, 3, 4) %}
{%- set begin, end = "getvariable('cuts')[" ~ (stretch - 1) ~ "]", "getvariable('cuts')[" ~ stretch ~ "]" %}
union all
{{ _samples_with_neighbours(samples, '()') }}
    and channel_key = {{ middle }}
    and row_number >= {{ 0 if stretch == 1 else begin ~ '[1]' }}
    and row_number <= {{ highest if stretch == 4 else 'coalesce(' ~ end ~ '[2], ' ~ highest ~ ')' }}
qualify
    row_number >= {{ 0 if stretch == 1 else begin ~ '[2]' }}
    and row_number <= {{ highest if stretch == 4 else 'coalesce(' ~ end ~ '[1], ' ~ highest ~ ')' }}
{%- endfor %}
{%- endmacro %}

{% macro _samples_with_neighbours(samples, in_order) -%}
select
    channel_key,
    row_number,
    interval_s,
    value,
    coalesce(at_us, stated_us) as time_us,
    lag(channel_key) over {{ in_order }} as channel_key_before,
    lag(row_number) over {{ in_order }} as row_number_before,
    lag(coalesce(at_us, stated_us)) over {{ in_order }} as time_us_before,
    lag(value) over {{ in_order }} as value_before,
    lead(channel_key) over {{ in_order }} as channel_key_after,
    lead(value) over {{ in_order }} as value_after
from {{ samples }}
where
    fault is null
    and value is not null
{%- endmacro %}
