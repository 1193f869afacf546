{#
    CTEs that evaluate totals again, exactly, with stated parameters moved; the last of them is named `result` and has one
    row a scenario, run, impact category and electricity view that the moved parameters reach: scenario_id, run_id,
    impact_category, electricity_view, value. What does not rest on a moved parameter is taken as it is. The model that
    calls it imports `values_in_use` (int_parameters__derive), `parameter_trace`, `terms` (int_flows__evaluate_terms),
    `cells` (int_sensitivity__list_cells), `scenarios`, `derived_parameters` and `derived_parameter_inputs`, and writes a
    comma behind.

    moves: a CTE of scenario_id, run_id, parameter_name, value, unit: the values that stand in a run
#}
{% macro evaluate_moved(moves, result='moved_totals') -%}
moved_with_them as (
    select distinct
        {{ moves }}.scenario_id,
        {{ moves }}.run_id,
        parameter_trace.parameter_name
    from {{ moves }}
    inner join parameter_trace
        on
            {{ moves }}.scenario_id = parameter_trace.scenario_id
            and {{ moves }}.parameter_name = parameter_trace.stated_parameter_name
    where parameter_trace.parameter_name != parameter_trace.stated_parameter_name
),

all_moved as (
    select
        scenario_id,
        run_id,
        parameter_name
    from {{ moves }}
    union
    select * from moved_with_them
),

inputs_asked_for as (
    select distinct
        moved_with_them.scenario_id,
        moved_with_them.run_id,
        derived_parameter_inputs.input_name
    from moved_with_them
    inner join scenarios on moved_with_them.scenario_id = scenarios.scenario_id
    inner join derived_parameter_inputs
        on
            scenarios.model_id = derived_parameter_inputs.model_id
            and moved_with_them.parameter_name = derived_parameter_inputs.parameter_name
),

stated_in_runs as (
    select
        scenario_id,
        run_id,
        parameter_name,
        value,
        unit
    from {{ moves }}
    union all
    select
        inputs_asked_for.scenario_id,
        inputs_asked_for.run_id,
        inputs_asked_for.input_name as parameter_name,
        values_in_use.value,
        values_in_use.unit
    from inputs_asked_for
    inner join values_in_use
        on
            inputs_asked_for.scenario_id = values_in_use.scenario_id
            and inputs_asked_for.input_name = values_in_use.parameter_name
    left join all_moved
        on
            inputs_asked_for.scenario_id = all_moved.scenario_id
            and inputs_asked_for.run_id = all_moved.run_id
            and inputs_asked_for.input_name = all_moved.parameter_name
    where all_moved.parameter_name is null
),

{{ derive_parameters(
    'stated_in_runs', keys=['scenario_id', 'run_id'], result='values_in_runs', ranges=false, only='moved_with_them'
) }},

flows_moved as (
    select distinct
        all_moved.scenario_id,
        all_moved.run_id,
        terms.flow_id
    from all_moved
    inner join terms
        on
            all_moved.scenario_id = terms.scenario_id
            and all_moved.parameter_name = terms.parameter_name
),

amounts_in_runs as (
    select
        flows_moved.scenario_id,
        flows_moved.run_id,
        flows_moved.flow_id,
        case
            when
                count(*)
                = count(case when all_moved.parameter_name is null then terms.value else values_in_runs.value end)
                then {{ product(
                    'pow(case when all_moved.parameter_name is null then terms.value else values_in_runs.value end,'
                    ~ ' terms.exponent)'
                ) }}
        end as amount
    from flows_moved
    inner join terms
        on
            flows_moved.scenario_id = terms.scenario_id
            and flows_moved.flow_id = terms.flow_id
    left join all_moved
        on
            flows_moved.scenario_id = all_moved.scenario_id
            and flows_moved.run_id = all_moved.run_id
            and terms.parameter_name = all_moved.parameter_name
    left join values_in_runs
        on
            flows_moved.scenario_id = values_in_runs.scenario_id
            and flows_moved.run_id = values_in_runs.run_id
            and terms.parameter_name = values_in_runs.parameter_name
    group by flows_moved.scenario_id, flows_moved.run_id, flows_moved.flow_id
),

totals_moved as (
    select distinct
        flows_moved.scenario_id,
        flows_moved.run_id,
        cells.impact_category,
        cells.electricity_view
    from flows_moved
    inner join cells
        on
            flows_moved.scenario_id = cells.scenario_id
            and flows_moved.flow_id = cells.flow_id
),

cells_in_runs as (
    select
        totals_moved.scenario_id,
        totals_moved.run_id,
        totals_moved.impact_category,
        totals_moved.electricity_view,
        case when flows_moved.flow_id is null then cells.value else amounts_in_runs.amount * cells.factor_value end
            as value
    from totals_moved
    inner join cells
        on
            totals_moved.scenario_id = cells.scenario_id
            and totals_moved.impact_category = cells.impact_category
            and totals_moved.electricity_view = cells.electricity_view
    left join flows_moved
        on
            totals_moved.scenario_id = flows_moved.scenario_id
            and totals_moved.run_id = flows_moved.run_id
            and cells.flow_id = flows_moved.flow_id
    left join amounts_in_runs
        on
            totals_moved.scenario_id = amounts_in_runs.scenario_id
            and totals_moved.run_id = amounts_in_runs.run_id
            and cells.flow_id = amounts_in_runs.flow_id
),

-- a moved input may leave an amount without a number (a division by 0): so is then the total
{{ result }} as (
    select
        scenario_id,
        run_id,
        impact_category,
        electricity_view,
        case
            when count(*) = count(value) and {{ is_finite(ordered_sum('value')) }} then {{ ordered_sum('value') }}
        end as value
    from cells_in_runs
    group by scenario_id, run_id, impact_category, electricity_view
)
{%- endmacro %}
