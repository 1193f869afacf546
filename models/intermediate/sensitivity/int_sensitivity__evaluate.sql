with

inputs as (
    select * from {{ ref('int_sensitivity__list_inputs') }}
),

values_in_use as (
    select * from {{ ref('int_parameters__derive') }}
),

parameter_trace as (
    select * from {{ ref('parameter_trace') }}
),

terms as (
    select * from {{ ref('int_flows__evaluate_terms') }}
),

cells as (
    select * from {{ ref('int_sensitivity__list_cells') }}
),

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

derived_parameters as (
    select * from {{ ref('derived_parameters') }}
),

derived_parameter_inputs as (
    select * from {{ ref('derived_parameter_inputs') }}
),

ends as (
    select
        scenario_id,
        parameter_name,
        input_id,
        'low' as moved_to,
        value_low as value,
        unit
    from inputs
    where value_low is not null
    union all
    select
        scenario_id,
        parameter_name,
        input_id,
        'high' as moved_to,
        value_high as value,
        unit
    from inputs
    where value_high is not null
    union all
    select
        scenario_id,
        parameter_name,
        input_id,
        'minus_10_pct' as moved_to,
        0.9 * value as value,
        unit
    from inputs
    union all
    select
        scenario_id,
        parameter_name,
        input_id,
        'plus_10_pct' as moved_to,
        1.1 * value as value,
        unit
    from inputs
),

-- parameters with one uncertainty_id move together
moves as (
    select
        *,
        concat(moved_to, ':', input_id) as run_id
    from ends
),

runs as (
    select distinct
        scenario_id,
        run_id,
        input_id,
        moved_to
    from moves
),

{{ evaluate_moved('moves') }},

final as (
    select
        moved_totals.scenario_id,
        runs.input_id,
        runs.moved_to,
        moved_totals.impact_category,
        moved_totals.electricity_view,
        moved_totals.value
    from moved_totals
    inner join runs
        on
            moved_totals.scenario_id = runs.scenario_id
            and moved_totals.run_id = runs.run_id
)

select * from final
