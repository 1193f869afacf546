{# Draws of many values stand in memory at once: 3.4 GB for 10,000 draws of all scenarios (2026-11-22). As no scenario
   needs the draws of another, those of a chunk are made, written and dropped, one chunk after another: 1.4 GB. The rows
   are the same. #}

{% macro simulation_chunks() -%}
{{ return((var('monte_carlo_draws') | int + 999) // 1000) }}
{%- endmacro %}

{# True for the scenarios that are simulated now; for all of them unless the simulation of chunks is under way. #}
{% macro in_simulated_chunk(scenario_id) -%}
{{ return(adapter.dispatch('in_simulated_chunk')(scenario_id)) }}
{%- endmacro %}

{% macro default__in_simulated_chunk(scenario_id) -%}
true
{%- endmacro %}

{% macro duckdb__in_simulated_chunk(scenario_id) -%}
{%- if simulation_chunks() | int == 1 -%}
true
{%- else -%}
coalesce(hash({{ scenario_id }}) % {{ simulation_chunks() }} = getvariable('simulated_chunk'), true)
{%- endif -%}
{%- endmacro %}

{# Before the model: its own statement makes the first chunk. #}
{% macro begin_chunks() %}{{ return(adapter.dispatch('begin_chunks')()) }}{% endmacro %}

{% macro default__begin_chunks() %}{% endmacro %}

{% macro duckdb__begin_chunks() -%}
{%- if simulation_chunks() | int > 1 -%}
set variable simulated_chunk = 0
{%- endif -%}
{%- endmacro %}

{# After it: the same statement for each further chunk. #}
{% macro remaining_chunks(statement) %}{{ return(adapter.dispatch('remaining_chunks')(statement)) }}{% endmacro %}

{% macro default__remaining_chunks(statement) %}{% endmacro %}

{% macro duckdb__remaining_chunks(statement) -%}
{%- if simulation_chunks() | int > 1 -%}
{%- for chunk in range(1, simulation_chunks() | int) %}
set variable simulated_chunk = {{ chunk }};
insert into {{ this }} by name
{{ statement }};
{%- endfor %}
reset variable simulated_chunk
{%- endif -%}
{%- endmacro %}
