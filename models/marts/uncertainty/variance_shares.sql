{{ config(pre_hook='{{ begin_chunks() }}', post_hook='{{ remaining_chunks(sql) }}') }}
with

solved as (
    select * from {{ ref('int_uncertainty__solve_totals') }}
    where
        result_level = 'total'
        and service_part = 'all'
        and life_cycle_stage = 'all'
        and {{ in_simulated_chunk('scenario_id') }}
),

pairs as (
    select * from {{ ref('int_uncertainty__solve_pairs') }}
),

simulated as (
    select * from {{ ref('int_uncertainty__simulate') }}
    where draws is not null and {{ in_simulated_chunk('scenario_id') }}
),

multiplied as (
    select * from {{ ref('int_impacts__multiply') }}
    where value is not null
),

traced as (
    select * from {{ ref('int_uncertainty__trace_flows') }}
    where exponent != 0 or not is_product
),

draws_of_inputs as (
    select * from {{ ref('int_uncertainty__draw_inputs') }}
),

inputs as (
    select
        scenario_id,
        input_id,
        max(parameter_name) as parameter_name,
        max(factor_id) as factor_id,
        max(uncertainty_basis) as uncertainty_basis
    from {{ ref('int_uncertainty__describe_inputs') }}
    where distribution != 'fixed'
    group by scenario_id, input_id
),

impact_totals as (
    select * from {{ ref('impact_totals') }}
),

uncertain_totals as (
    select
        solved.scenario_id,
        solved.impact_category,
        solved.electricity_basis as electricity_view,
        solved.exact_variance
    from solved
    where solved.has_declared or solved.has_pedigree
),

-- variance of the mean of the total given one input: the first order of Sobol (1993), from the moments of that input
of_solved as (
    select
        totals.scenario_id,
        totals.impact_category,
        totals.electricity_view,
        'first_order' as share_method,
        pairs.input_kind,
        pairs.input_id,
        {{ ordered_sum('pairs.product_of_means * (pairs.moment_ratio - 1)') }}
        / nullif(max(totals.exact_variance), 0) as variance_share
    from uncertain_totals as totals
    inner join pairs
        on
            totals.scenario_id = pairs.scenario_id
            and totals.impact_category = pairs.impact_category
            and pairs.electricity_basis in (totals.electricity_view, 'not_applicable')
            and pairs.other_electricity_basis in (totals.electricity_view, 'not_applicable')
    where totals.exact_variance is not null
    group by
        totals.scenario_id, totals.impact_category, totals.electricity_view, pairs.input_kind, pairs.input_id
),

inputs_of_others as (
    select distinct
        totals.scenario_id,
        totals.impact_category,
        totals.electricity_view,
        traced.input_kind,
        traced.input_id,
        max(traced.draw_id) over (
            partition by
                totals.scenario_id, totals.impact_category, totals.electricity_view, traced.input_kind, traced.input_id
        ) as draw_id
    from uncertain_totals as totals
    inner join multiplied
        on
            totals.scenario_id = multiplied.scenario_id
            and totals.impact_category = multiplied.impact_category
            and multiplied.electricity_basis in (totals.electricity_view, 'not_applicable')
    inner join traced
        on
            multiplied.scenario_id = traced.scenario_id
            and multiplied.flow_id = traced.flow_id
            and (traced.selection_id is null or multiplied.selection_id = traced.selection_id)
    where totals.exact_variance is null
),

correlated as (
    select
        others.scenario_id,
        others.impact_category,
        others.electricity_view,
        others.input_kind,
        others.input_id,
        {{ correlation_of_draws('simulated.draws', 'draws_of_inputs.draws', var('monte_carlo_draws')) }} as correlation
    from inputs_of_others as others
    inner join simulated
        on
            others.scenario_id = simulated.scenario_id
            and others.impact_category = simulated.impact_category
            and others.electricity_view = simulated.electricity_basis
    inner join draws_of_inputs on others.draw_id = draws_of_inputs.draw_id
),

-- a squared correlation of n draws is (1 - r^2) / (n - 2) too high on average
of_drawn as (
    select
        scenario_id,
        impact_category,
        electricity_view,
        'correlation' as share_method,
        input_kind,
        input_id,
        pow(correlation, 2) - (1 - pow(correlation, 2)) / {{ var('monte_carlo_draws') - 2 }} as variance_share
    from correlated
),

of_inputs as (
    select * from of_solved
    union all
    select * from of_drawn
),

remainders as (
    select
        scenario_id,
        impact_category,
        electricity_view,
        share_method,
        'interaction' as input_kind,
        'interaction' as input_id,
        1 - {{ ordered_sum('variance_share') }} as variance_share
    from of_inputs
    group by scenario_id, impact_category, electricity_view, share_method
),

ranked as (
    select
        *,
        row_number() over (
            partition by scenario_id, impact_category, electricity_view
            order by variance_share desc, input_id asc
        ) as variance_rank
    from of_inputs
    union all
    select
        *,
        cast(null as bigint) as variance_rank
    from remainders
),

final as (
    select
        ranked.scenario_id,
        ranked.impact_category,
        ranked.electricity_view,
        ranked.input_kind,
        ranked.input_id,
        inputs.parameter_name,
        inputs.factor_id,
        inputs.uncertainty_basis,
        ranked.variance_share,
        cast(ranked.variance_rank as integer) as variance_rank,
        ranked.share_method,
        impact_totals.completeness,
        impact_totals.licence_set
    from ranked
    inner join impact_totals
        on
            ranked.scenario_id = impact_totals.scenario_id
            and ranked.impact_category = impact_totals.impact_category
            and ranked.electricity_view = impact_totals.electricity_view
    left join inputs
        on
            ranked.scenario_id = inputs.scenario_id
            and ranked.input_id = inputs.input_id
)

select * from final
