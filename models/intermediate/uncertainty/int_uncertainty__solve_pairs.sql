with

cells as (
    select * from {{ ref('int_uncertainty__solve_cells') }}
    where is_exact
),

traced as (
    select * from {{ ref('int_uncertainty__trace_flows') }}
),

inputs as (
    select distinct
        draw_id,
        distribution,
        value,
        log_deviation,
        standard_deviation,
        lower_limit,
        upper_limit
    from {{ ref('int_uncertainty__describe_inputs') }}
),

inputs_of_cells as (
    select
        cells.scenario_id,
        cells.flow_id,
        cells.life_cycle_stage,
        cells.impact_category,
        cells.electricity_basis,
        cells.exact_mean,
        traced.input_kind,
        traced.input_id,
        traced.draw_id,
        traced.exponent
    from cells
    inner join traced
        on
            cells.scenario_id = traced.scenario_id
            and cells.flow_id = traced.flow_id
            and (traced.selection_id is null or cells.selection_id = traced.selection_id)
    where traced.exponent != 0
),

final as (
    select
        one.scenario_id,
        one.impact_category,
        one.flow_id,
        one.life_cycle_stage,
        one.electricity_basis,
        other.flow_id as other_flow_id,
        other.life_cycle_stage as other_life_cycle_stage,
        other.electricity_basis as other_electricity_basis,
        one.input_kind,
        one.input_id,
        one.exact_mean * other.exact_mean as product_of_means,
        -- one factor that answers two questions may have a spread for each, from the same draws
        case
            when one.draw_id = other.draw_id
                then
                    {{ power_moment('(one.exponent + other.exponent)', 'inputs') }}
                    / {{ power_moment('one.exponent', 'inputs') }}
                    / {{ power_moment('other.exponent', 'inputs') }}
            when
                inputs.distribution = 'lognormal' and inputs.lower_limit = 0
                and other_inputs.distribution = 'lognormal' and other_inputs.lower_limit = 0
                then exp(one.exponent * inputs.log_deviation * other.exponent * other_inputs.log_deviation)
        end as moment_ratio
    from inputs_of_cells as one
    inner join inputs_of_cells as other
        on
            one.scenario_id = other.scenario_id
            and one.impact_category = other.impact_category
            and one.input_id = other.input_id
    inner join inputs on one.draw_id = inputs.draw_id
    inner join inputs as other_inputs on other.draw_id = other_inputs.draw_id
)

select * from final
