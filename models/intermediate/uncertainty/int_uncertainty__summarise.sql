with

solved as (
    select * from {{ ref('int_uncertainty__solve_totals') }}
),

simulated as (
    select * from {{ ref('int_uncertainty__simulate') }}
),

-- what nothing moves is its value in every draw
final as (
    select
        solved.result_level,
        solved.scenario_id,
        solved.flow_id,
        solved.service_part,
        solved.life_cycle_stage,
        solved.impact_category,
        solved.electricity_basis,
        solved.has_declared or solved.has_pedigree as is_ranged,
        case
            when solved.has_declared and solved.has_pedigree then 'mixed'
            when solved.has_declared then 'declared'
            when solved.has_pedigree then 'pedigree'
        end as range_basis,
        solved.value,
        case when solved.has_declared or solved.has_pedigree then simulated.median else solved.value end as median,
        case when solved.has_declared or solved.has_pedigree then simulated.value_low else solved.value end
            as value_low,
        case when solved.has_declared or solved.has_pedigree then simulated.value_high else solved.value end
            as value_high,
        case when solved.has_declared or solved.has_pedigree then simulated.mean else solved.value end as mean,
        case when solved.has_declared or solved.has_pedigree then simulated.standard_deviation else 0 end
            as standard_deviation,
        solved.exact_mean,
        solved.exact_variance,
        solved.log_deviation
    from solved
    left join simulated
        on
            solved.result_level = simulated.result_level
            and solved.scenario_id = simulated.scenario_id
            and coalesce(solved.flow_id, '') = coalesce(simulated.flow_id, '')
            and solved.service_part = simulated.service_part
            and solved.life_cycle_stage = simulated.life_cycle_stage
            and solved.impact_category = simulated.impact_category
            and solved.electricity_basis = simulated.electricity_basis
)

select * from final
