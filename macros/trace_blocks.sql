{#
    Conditions on row_number that cut long traces into blocks, one a thread: DuckDB goes through samples as they are stored in
    one thread, and through several such steps side by side. Each row meets exactly one of them, however long traces are.
#}
{% macro trace_blocks() -%}
{{ return(adapter.dispatch('trace_blocks')()) }}
{%- endmacro %}

{% macro default__trace_blocks() -%}
{{ return(['true']) }}
{%- endmacro %}

{% macro duckdb__trace_blocks() -%}
{%- set starts = trace_block_starts() -%}
{%- set conditions = [] -%}
{%- for start in starts -%}
    {%- do conditions.append(
        ('row_number < ' ~ starts[0]) if loop.first else ('row_number >= ' ~ loop.previtem ~ ' and row_number < ' ~ start)
    ) -%}
{%- endfor -%}
{%- do conditions.append('row_number >= ' ~ starts[-1] if starts else 'true') -%}
{{ return(conditions) }}
{%- endmacro %}

{# The first rows of all blocks but the first. A block has a million rows or more: less is not worth another reading. #}
{% macro trace_block_starts() -%}
{%- set starts = [] -%}
{%- set is_there = execute and adapter.get_relation(target.database, 'raw', 'power__samples') -%}
{%- set asked = "select max(row_number), current_setting('threads') from raw.power__samples" -%}
{%- set longest, threads = run_query(asked).rows[0].values() if is_there else (0, 1) -%}
{%- set longest = (longest or 0) | int -%}
{%- set blocks = [threads | int, (longest / 1000000) | round(0, 'ceil') | int] | min -%}
{%- for block in range(1, blocks) -%}
{%- do starts.append(1 + block * longest // blocks) -%}
{%- endfor -%}
{{ return(starts) }}
{%- endmacro %}
