{#
    Before a model that takes samples as they are stored (macros/samples_as_stored.sql): which channels it has to read, and where the
    one in the middle of all their samples is cut, at its quarters. A cut is the row numbers of two usable samples that follow each
    other. Statistics of the Parquet files answer most of it. Nothing is cut of fewer samples than `least`, nor a channel of fewer
    rows, nor one that has no such pair within `searched` rows of a quarter.
#}
{% macro cut_traces(after=[], least=1000000, searched=100000) -%}
{{ return(adapter.dispatch('cut_traces')(after, least, searched)) }}
{%- endmacro %}

{% macro default__cut_traces(after, least, searched) %}{% endmacro %}

{% macro duckdb__cut_traces(after, least, searched) -%}
{%- set first, last = "getvariable('middle_rows')[1]", "getvariable('middle_rows')[2]" -%}
set variable first_channel = (select min(channel_key) from ({{ new_traces(after) }}) as channels);
set variable last_channel = (select max(channel_key) from ({{ new_traces(after) }}) as channels);
set variable middle_channel = (
    select min(channel_key)
    from (
        select
            channel_key,
            sum(samples) over (order by channel_key) as samples_up_to,
            sum(samples) over () as all_samples
        from ({{ new_traces(after) }}) as channels
    ) as counted
    where 2 * samples_up_to >= all_samples and all_samples >= {{ least }}
);
set variable middle_rows = (
    select [min(row_number), max(row_number)]
    from {{ source('raw', 'power__samples') }}
    where channel_key = getvariable('middle_channel')
);
set variable cuts = [
{%- for quarter in (1, 2, 3) %}
    (
        select min(row_number, 2)
        from {{ source('raw', 'power__samples') }}
        where
            channel_key = getvariable('middle_channel')
            and row_number >= {{ first }} + ({{ last }} - {{ first }}) * {{ quarter }} // 4
            and row_number < {{ first }} + ({{ last }} - {{ first }}) * {{ quarter }} // 4 + {{ searched }}
            and fault is null
            and value is not null
    ){{ ',' if not loop.last }}
{%- endfor %}
];
set variable cuts = case
    when
        {{ last }} - {{ first }} >= {{ least }}
        and list_min([coalesce(len(cut), 0) for cut in getvariable('cuts')]) = 2
        then getvariable('cuts')
end
{%- endmacro %}

{# After it: a unit test on the same connection reads by no cuts of others. #}
{% macro forget_cuts() %}{{ return(adapter.dispatch('forget_cuts')()) }}{% endmacro %}

{% macro default__forget_cuts() %}{% endmacro %}

{% macro duckdb__forget_cuts() -%}
{%- for variable in ('first_channel', 'last_channel', 'middle_channel', 'middle_rows', 'cuts') %}
reset variable {{ variable }};
{%- endfor %}
{%- endmacro %}
