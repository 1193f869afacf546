{{ config(pre_hook='{{ begin_chunks() }}', post_hook='{{ remaining_chunks(sql) }}') }}
with

multiplied as (
    select * from {{ ref('int_impacts__multiply') }}
    where value is not null and {{ in_simulated_chunk('scenario_id') }}
),

flows as (
    select * from {{ ref('flows') }}
),

amounts as (
    select * from {{ ref('int_uncertainty__draw_amounts') }}
),

inputs as (
    select * from {{ ref('int_uncertainty__describe_inputs') }}
    where input_kind = 'factor' and distribution != 'fixed' and {{ in_simulated_chunk('scenario_id') }}
),

draws_of_inputs as (
    select * from {{ ref('int_uncertainty__draw_inputs') }}
    where input_kind = 'factor'
),

views as (
    select 'location' as electricity_view
    union all
    select 'market' as electricity_view
),

drawn as (
    select
        multiplied.scenario_id,
        multiplied.flow_id,
        flows.service_part,
        multiplied.life_cycle_stage,
        multiplied.impact_category,
        multiplied.electricity_basis,
        multiplied.value,
        case
            when amounts.draws is not null and draws_of_inputs.draws is not null
                then {{ two_draws('amounts.draws', 'draws_of_inputs.draws', '*') }}
            else coalesce(amounts.draws, draws_of_inputs.draws)
        end as draws,
        case when amounts.draws is null then multiplied.amount else amounts.fixed_product end
        * case when draws_of_inputs.draws is null then multiplied.factor_value else 1 end as fixed_product
    from multiplied
    inner join flows on multiplied.flow_id = flows.flow_id
    inner join amounts
        on
            multiplied.scenario_id = amounts.scenario_id
            and multiplied.flow_id = amounts.flow_id
    left join inputs
        on
            multiplied.scenario_id = inputs.scenario_id
            and multiplied.selection_id = inputs.selection_id
    left join draws_of_inputs on inputs.draw_id = draws_of_inputs.draw_id
),

of_flows as (
    select
        scenario_id,
        flow_id,
        service_part,
        life_cycle_stage,
        impact_category,
        electricity_basis,
        value,
        {{ each_draw('draws', 'x', 'fixed_product * x') }} as impact_draws
    from drawn
),

gathered_cells as (
    select
        scenario_id,
        service_part,
        life_cycle_stage,
        impact_category,
        electricity_basis,
        coalesce({{ ordered_sum('case when impact_draws is null then value end') }}, 0) as fixed_sum,
        {{ lists_in_order('impact_draws', 'flow_id') }} as drawn_terms
    from of_flows
    group by scenario_id, service_part, life_cycle_stage, impact_category, electricity_basis
),

of_cells as (
    select
        scenario_id,
        service_part,
        life_cycle_stage,
        impact_category,
        electricity_basis,
        fixed_sum,
        {{ combined_draws('drawn_terms', 'sum') }} as draws
    from gathered_cells
),

-- a total is of everything, of one part or of one stage, or of one cell that is added up from two bases
totals as (
    select
        true as over_parts,
        true as over_stages
    union all
    select
        false as over_parts,
        true as over_stages
    union all
    select
        true as over_parts,
        false as over_stages
    union all
    select
        false as over_parts,
        false as over_stages
),

gathered_totals as (
    select
        of_cells.scenario_id,
        case when totals.over_parts then 'all' else of_cells.service_part end as total_of_part,
        case when totals.over_stages then 'all' else of_cells.life_cycle_stage end as total_of_stage,
        of_cells.impact_category,
        views.electricity_view,
        {{ ordered_sum('of_cells.fixed_sum') }} as fixed_sum,
        {{ lists_in_order(
            'of_cells.draws',
            "concat_ws('|', of_cells.service_part, of_cells.life_cycle_stage, of_cells.electricity_basis)"
        ) }} as drawn_terms
    from of_cells
    inner join views on of_cells.electricity_basis in (views.electricity_view, 'not_applicable')
    cross join totals
    group by
        of_cells.scenario_id,
        total_of_part,
        total_of_stage,
        of_cells.impact_category,
        views.electricity_view
    having bool_or(totals.over_parts or totals.over_stages) or count(*) > 1
),

of_totals as (
    select
        *,
        {{ combined_draws('drawn_terms', 'sum') }} as draws
    from gathered_totals
),

results as (
    select
        'flow' as result_level,
        scenario_id,
        flow_id,
        service_part,
        life_cycle_stage,
        impact_category,
        electricity_basis,
        cast(0 as double) as fixed_sum,
        impact_draws as draws
    from of_flows
    where impact_draws is not null
    union all
    select
        'cell' as result_level,
        scenario_id,
        cast(null as string) as flow_id,
        service_part,
        life_cycle_stage,
        impact_category,
        electricity_basis,
        fixed_sum,
        draws
    from of_cells
    where draws is not null
    union all
    select
        'total' as result_level,
        scenario_id,
        cast(null as string) as flow_id,
        total_of_part as service_part,
        total_of_stage as life_cycle_stage,
        impact_category,
        electricity_view as electricity_basis,
        fixed_sum,
        draws
    from of_totals
    where draws is not null
),

described as (
    select
        *,
        {{ quantiles_of_draws('draws', [0.025, 0.5, 0.975]) }} as quantiles
    from results
),

final as (
    select
        result_level,
        scenario_id,
        flow_id,
        service_part,
        life_cycle_stage,
        impact_category,
        electricity_basis,
        fixed_sum + {{ element_of('quantiles', 1) }} as value_low,
        fixed_sum + {{ element_of('quantiles', 2) }} as median,
        fixed_sum + {{ element_of('quantiles', 3) }} as value_high,
        fixed_sum + {{ mean_of_draws('draws') }} as mean,
        {{ deviation_of_draws('draws') }} as standard_deviation,
        -- draws of a whole total are kept: shares of its variance and comparisons are taken from them
        case when service_part = 'all' and life_cycle_stage = 'all' then draws end as draws
    from described
)

select * from final
