with

cells as (
    select * from {{ ref('int_sensitivity__list_cells') }}
),

totals as (
    select * from {{ ref('impact_totals') }}
),

sensitivity as (
    select * from {{ ref('sensitivity') }}
),

{% set dimensions = {
    'service_part': 'service_part', 'life_cycle_stage': 'life_cycle_stage', 'object': 'object_id', 'flow': 'flow_id',
    'factor_source': 'factor_source_id',
} -%}
members_of_cells as (
    {%- for dimension, column in dimensions.items() %}
    select
        scenario_id,
        impact_category,
        electricity_view,
        '{{ dimension }}' as dimension,
        {{ column }} as member,
        value
    from cells
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

contributions as (
    select
        scenario_id,
        impact_category,
        electricity_view,
        dimension,
        member,
        true as is_additive,
        {{ ordered_sum('value') }} as contribution
    from members_of_cells
    group by scenario_id, impact_category, electricity_view, dimension, member
    union all
    -- the effects of parameters that multiply one another overlap: they do not add up to the total
    select
        scenario_id,
        impact_category,
        electricity_view,
        'parameter' as dimension,
        input_id as member,
        false as is_additive,
        elasticity * value as contribution
    from sensitivity
    where input_kind = 'parameter' and elasticity is not null
),

ranked as (
    select
        *,
        row_number() over (
            partition by scenario_id, impact_category, electricity_view, dimension
            order by abs(contribution) desc, member asc
        ) as position
    from contributions
),

-- what comes after is taken from the whole, so that nothing is left behind the last
accumulated as (
    select
        *,
        coalesce(sum(contribution) over behind, 0) as contribution_behind,
        coalesce(sum(abs(contribution)) over before, 0) as size_before,
        sum(abs(contribution)) over (partition by scenario_id, impact_category, electricity_view, dimension)
            as size_of_all
    from ranked
    window
        behind as (
            partition by scenario_id, impact_category, electricity_view, dimension
            order by position asc
            rows between 1 following and unbounded following
        ),
        before as (
            partition by scenario_id, impact_category, electricity_view, dimension
            order by position asc
            rows between unbounded preceding and 1 preceding
        )
),

final as (
    select
        accumulated.scenario_id,
        accumulated.impact_category,
        accumulated.electricity_view,
        accumulated.dimension,
        accumulated.member,
        cast(accumulated.position as integer) as contribution_rank,
        accumulated.contribution,
        totals.unit,
        accumulated.contribution / nullif(totals.value, 0) as share,
        case
            when accumulated.is_additive then 1 - accumulated.contribution_behind / nullif(totals.value, 0)
        end as cumulative_share,
        case
            when accumulated.is_additive
                then accumulated.size_before < {{ var('significant_share') }} * accumulated.size_of_all
        end as is_significant,
        accumulated.is_additive,
        case totals.completeness when 'complete' then 'the total' else 'the modelled part' end as share_of,
        totals.licence_set
    from accumulated
    inner join totals
        on
            accumulated.scenario_id = totals.scenario_id
            and accumulated.impact_category = totals.impact_category
            and accumulated.electricity_view = totals.electricity_view
)

select * from final
