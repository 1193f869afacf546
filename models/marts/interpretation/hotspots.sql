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

-- members that differ in the last bits alone are equals: their order must not hang on the engine
ranked as (
    select
        contributions.*,
        totals.value,
        totals.unit,
        totals.completeness,
        totals.licence_set,
        row_number() over (
            partition by
                contributions.scenario_id,
                contributions.impact_category,
                contributions.electricity_view,
                contributions.dimension
            order by round(abs(contributions.contribution / nullif(totals.value, 0)), 12) desc, contributions.member asc
        ) as position
    from contributions
    inner join totals
        on
            contributions.scenario_id = totals.scenario_id
            and contributions.impact_category = totals.impact_category
            and contributions.electricity_view = totals.electricity_view
),

-- what comes after is taken from the whole, so that nothing is left behind the last
accumulated as (
    select
        *,
        coalesce(sum(contribution) over behind, 0) as contribution_behind,
        coalesce(sum(abs(contribution)) over before, 0) as size_before,
        sum(abs(contribution)) over whole as size_of_all
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
        ),
        whole as (
            partition by scenario_id, impact_category, electricity_view, dimension
            order by position asc
            rows between unbounded preceding and unbounded following
        )
),

final as (
    select
        scenario_id,
        impact_category,
        electricity_view,
        dimension,
        member,
        cast(position as integer) as contribution_rank,
        contribution,
        unit,
        contribution / nullif(value, 0) as share,
        case when is_additive then 1 - contribution_behind / nullif(value, 0) end as cumulative_share,
        case when is_additive then size_before < {{ var('significant_share') }} * size_of_all end as is_significant,
        is_additive,
        case completeness when 'complete' then 'the total' else 'the modelled part' end as share_of,
        licence_set
    from accumulated
)

select * from final
