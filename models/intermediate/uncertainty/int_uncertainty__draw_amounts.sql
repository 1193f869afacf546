{{ config(materialized='view') }}
with

terms as (
    select * from {{ ref('int_flows__evaluate_terms') }}
    where {{ in_simulated_chunk('scenario_id') }}
),

parameters as (
    select * from {{ ref('int_uncertainty__draw_parameters') }}
),

multiplied as (
    select distinct
        scenario_id,
        flow_id
    from {{ ref('int_impacts__multiply') }}
    where value is not null and {{ in_simulated_chunk('scenario_id') }}
),

terms_with_draws as (
    select
        terms.scenario_id,
        terms.flow_id,
        terms.parameter_name,
        case when parameters.draws is null then pow(terms.value, terms.exponent) end as fixed_term,
        case
            when terms.exponent = 1 then parameters.draws
            else {{ each_draw('parameters.draws', 'x', 'pow(x, terms.exponent)') }}
        end as drawn_term
    from terms
    inner join multiplied
        on
            terms.scenario_id = multiplied.scenario_id
            and terms.flow_id = multiplied.flow_id
    left join parameters
        on
            terms.scenario_id = parameters.scenario_id
            and terms.parameter_name = parameters.parameter_name
),

gathered as (
    select
        scenario_id,
        flow_id,
        coalesce({{ product('fixed_term') }}, 1) as fixed_product,
        {{ lists_in_order('drawn_term', 'parameter_name') }} as drawn_terms
    from terms_with_draws
    group by scenario_id, flow_id
),

final as (
    select
        scenario_id,
        flow_id,
        fixed_product,
        {{ combined_draws('drawn_terms', 'product') }} as draws
    from gathered
)

select * from final
