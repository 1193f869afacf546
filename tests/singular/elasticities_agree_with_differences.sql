-- An elasticity is what a small move of the input does: a central difference of 0.1 % over all scenarios and inputs.
-- Inputs that act in steps, and those at a kink, are left to the one-at-a-time values.
with

inputs as (
    select * from {{ ref('int_sensitivity__list_inputs') }}
),

sensitivity as (
    select * from {{ ref('sensitivity') }}
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

steps as (
    select
        'below' as side,
        0.999 as times
    union all
    select
        'above' as side,
        1.001 as times
),

moves as (
    select
        inputs.scenario_id,
        concat(steps.side, ':', inputs.input_id) as run_id,
        inputs.parameter_name,
        inputs.value * steps.times as value,
        inputs.unit
    from inputs
    cross join steps
),

{{ evaluate_moved('moves') }},

differences as (
    select
        sensitivity.scenario_id,
        sensitivity.impact_category,
        sensitivity.electricity_view,
        sensitivity.input_id,
        sensitivity.elasticity,
        (above.value - below.value) / 0.002 / sensitivity.value as difference
    from sensitivity
    left join moved_totals as below
        on
            sensitivity.scenario_id = below.scenario_id
            and sensitivity.impact_category = below.impact_category
            and sensitivity.electricity_view = below.electricity_view
            and below.run_id = concat('below:', sensitivity.input_id)
    left join moved_totals as above
        on
            sensitivity.scenario_id = above.scenario_id
            and sensitivity.impact_category = above.impact_category
            and sensitivity.electricity_view = above.electricity_view
            and above.run_id = concat('above:', sensitivity.input_id)
    where
        sensitivity.input_kind = 'parameter'
        and not sensitivity.is_stepwise
        and not sensitivity.is_tied
),

-- a difference of two totals has their rounding: 1e-9 of an elasticity near 0
final as (
    select *
    from differences
    where
        elasticity is null
        or difference is null
        or abs(elasticity - difference) > 1e-4 * abs(elasticity) + 1e-9
)

select * from final
