with

multiplied as (
    select * from {{ ref('int_impacts__multiply') }}
    where value is not null
),

flows as (
    select * from {{ ref('flows') }}
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
        upper_limit,
        uncertainty_basis
    from {{ ref('int_uncertainty__describe_inputs') }}
),

-- an input that cancels moves nothing
terms as (
    select
        multiplied.scenario_id,
        multiplied.flow_id,
        multiplied.life_cycle_stage,
        multiplied.impact_category,
        multiplied.electricity_basis,
        traced.exponent,
        traced.is_product,
        {{ power_moment('traced.exponent', 'inputs') }} / pow(inputs.value, traced.exponent) as mean_by_value,
        case when inputs.distribution = 'lognormal' and inputs.lower_limit = 0 then inputs.log_deviation end
            as log_deviation,
        inputs.uncertainty_basis
    from multiplied
    inner join traced
        on
            multiplied.scenario_id = traced.scenario_id
            and multiplied.flow_id = traced.flow_id
            and (traced.selection_id is null or multiplied.selection_id = traced.selection_id)
    inner join inputs on traced.draw_id = inputs.draw_id
    where traced.exponent != 0 or not traced.is_product
),

moments as (
    select
        scenario_id,
        flow_id,
        life_cycle_stage,
        impact_category,
        electricity_basis,
        bool_and(is_product) and count(*) = count(mean_by_value) as is_exact,
        bool_and(is_product) and count(*) = count(log_deviation) as is_lognormal,
        {{ product('mean_by_value') }} as mean_by_value,
        sqrt({{ ordered_sum('pow(exponent * log_deviation, 2)') }}) as log_deviation,
        bool_or(uncertainty_basis = 'declared') as has_declared,
        bool_or(uncertainty_basis = 'pedigree') as has_pedigree
    from terms
    group by scenario_id, flow_id, life_cycle_stage, impact_category, electricity_basis
),

-- a cell without an uncertain input is exactly its value
final as (
    select
        multiplied.scenario_id,
        multiplied.flow_id,
        flows.service_part,
        multiplied.life_cycle_stage,
        multiplied.impact_category,
        multiplied.electricity_basis,
        multiplied.selection_id,
        multiplied.value,
        coalesce(moments.is_exact, true) as is_exact,
        case when coalesce(moments.is_exact, true) then multiplied.value * coalesce(moments.mean_by_value, 1) end
            as exact_mean,
        case when moments.is_lognormal then moments.log_deviation end as log_deviation,
        coalesce(moments.has_declared, false) as has_declared,
        coalesce(moments.has_pedigree, false) as has_pedigree
    from multiplied
    inner join flows on multiplied.flow_id = flows.flow_id
    left join moments
        on
            multiplied.scenario_id = moments.scenario_id
            and multiplied.flow_id = moments.flow_id
            and multiplied.life_cycle_stage = moments.life_cycle_stage
            and multiplied.impact_category = moments.impact_category
            and multiplied.electricity_basis = moments.electricity_basis
)

select * from final
