with

hotspots as (
    select * from {{ ref('hotspots') }}
    where contribution_rank <= 5
),

totals as (
    select * from {{ ref('impact_totals') }}
),

final as (
    select
        hotspots.scenario_id,
        hotspots.impact_category,
        hotspots.electricity_view,
        hotspots.dimension,
        hotspots.contribution_rank,
        hotspots.member,
        hotspots.contribution,
        hotspots.unit,
        hotspots.share,
        hotspots.cumulative_share,
        hotspots.is_additive,
        hotspots.share_of,
        totals.value,
        totals.completeness,
        hotspots.licence_set
    from hotspots
    inner join totals
        on
            hotspots.scenario_id = totals.scenario_id
            and hotspots.impact_category = totals.impact_category
            and hotspots.electricity_view = totals.electricity_view
)

select * from final
