-- Shares of the variance add up to 1 with that of the interaction, and first orders of independent inputs never explain
-- more than there is. Each uncertain total has its shares.
with

shares as (
    select
        scenario_id,
        impact_category,
        electricity_view,
        max(share_method) as share_method,
        {{ ordered_sum('variance_share') }} as total_share,
        max(case when input_kind = 'interaction' then variance_share end) as interaction_share
    from {{ ref('variance_shares') }}
    group by scenario_id, impact_category, electricity_view
),

uncertain as (
    select * from {{ ref('uncertainty') }}
    where service_part = 'all' and life_cycle_stage = 'all' and standard_deviation > 0
)

select
    uncertain.scenario_id,
    uncertain.impact_category,
    uncertain.electricity_view,
    shares.share_method,
    shares.total_share,
    shares.interaction_share
from uncertain
left join shares
    on
        uncertain.scenario_id = shares.scenario_id
        and uncertain.impact_category = shares.impact_category
        and uncertain.electricity_view = shares.electricity_view
where
    shares.total_share is null
    or abs(shares.total_share - 1) > 1e-9
    or (shares.share_method = 'first_order' and shares.interaction_share < -1e-9)
