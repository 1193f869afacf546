-- Each way to divide a total gives the whole of it; elasticities of factors add up to 1, as a total is linear in them.
with

hotspots as (
    select * from {{ ref('hotspots') }}
    where is_additive
),

sensitivity as (
    select * from {{ ref('sensitivity') }}
    where input_kind = 'factor'
),

totals as (
    select * from {{ ref('impact_totals') }}
    where value is not null
),

divided as (
    select
        scenario_id,
        impact_category,
        electricity_view,
        dimension,
        sum(contribution) as whole,
        max_by(cumulative_share, contribution_rank) as last_cumulative_share
    from hotspots
    group by scenario_id, impact_category, electricity_view, dimension
),

dimensions as (
    select
        totals.scenario_id,
        totals.impact_category,
        totals.electricity_view,
        count(divided.dimension) as dimensions,
        count(
            case when abs(divided.whole - totals.value) <= 1e-12 * abs(totals.value) then 1 end
        ) as dimensions_that_add_up,
        count(case when divided.last_cumulative_share = 1 then 1 end) as dimensions_that_end_at_one
    from totals
    left join divided
        on
            totals.scenario_id = divided.scenario_id
            and totals.impact_category = divided.impact_category
            and totals.electricity_view = divided.electricity_view
    group by totals.scenario_id, totals.impact_category, totals.electricity_view
),

factors as (
    select
        scenario_id,
        impact_category,
        electricity_view,
        sum(elasticity) as elasticities
    from sensitivity
    group by scenario_id, impact_category, electricity_view
),

final as (
    select
        dimensions.*,
        factors.elasticities
    from dimensions
    left join factors
        on
            dimensions.scenario_id = factors.scenario_id
            and dimensions.impact_category = factors.impact_category
            and dimensions.electricity_view = factors.electricity_view
    where
        dimensions.dimensions != 5
        or dimensions.dimensions_that_add_up != 5
        or dimensions.dimensions_that_end_at_one != 5
        or coalesce(abs(factors.elasticities - 1) > 1e-12, true)
)

select * from final
