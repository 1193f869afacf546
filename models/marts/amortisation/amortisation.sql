with

services as (
    select * from {{ ref('amortisation_break_even') }}
),

lifetimes as (
    select * from {{ ref('lifetimes') }}
),

-- a life in years is as many inferences as the service answers in that time
spread_over as (
    select
        services.*,
        lifetimes.lifetime_id,
        lifetimes.model_years,
        coalesce(lifetimes.lifetime_inferences, lifetimes.model_years * services.volume_per_year)
            as lifetime_inferences
    from services
    inner join lifetimes on (services.alternative = 'by_years') = (lifetimes.model_years is not null)
    where services.completeness != 'none'
),

amortised as (
    select
        *,
        fixed_cost / lifetime_inferences as amortised_cost,
        training_operational / lifetime_inferences as amortised_training_operational,
        training_embodied / lifetime_inferences as amortised_training_embodied,
        experimentation_operational / lifetime_inferences as amortised_experimentation_operational,
        experimentation_embodied / lifetime_inferences as amortised_experimentation_embodied,
        fixed_operational / lifetime_inferences as amortised_operational,
        fixed_embodied / lifetime_inferences as amortised_embodied
    from spread_over
),

-- what is missing is left out of a sum of something and does not make a sum of nothing
totals as (
    select
        *,
        case
            when lifetime_inferences is null and fixed_cost is not null then null
            else coalesce(marginal_cost + amortised_cost, marginal_cost, amortised_cost)
        end as total_cost,
        case
            when lifetime_inferences is null and fixed_operational is not null then null
            else
                coalesce(
                    marginal_operational + amortised_operational, marginal_operational, amortised_operational
                )
        end as operational_cost,
        case
            when lifetime_inferences is null and fixed_embodied is not null then null
            else coalesce(marginal_embodied + amortised_embodied, marginal_embodied, amortised_embodied)
        end as embodied_cost
    from amortised
),

final as (
    select
        amortisation_id,
        alternative,
        lifetime_id,
        impact_category,
        electricity_view,
        request_rate_per_s,
        lifetime_inferences,
        model_years,
        unit,
        per_unit,
        marginal_operational,
        marginal_embodied,
        amortised_training_operational,
        amortised_training_embodied,
        amortised_experimentation_operational,
        amortised_experimentation_embodied,
        total_cost,
        operational_cost,
        embodied_cost,
        amortised_cost / nullif(total_cost, 0) as fixed_cost_share,
        total_cost * lifetime_inferences as aggregate_cost,
        completeness,
        terms_missing,
        terms_partial,
        licence_set
    from totals
)

select * from final
