with

factors as (
    select * from {{ ref('factors') }}
),

objects as (
    select * from {{ ref('objects') }}
),

life_cycle_stages as (
    select * from {{ ref('life_cycle_stages') }}
),

factor_selection as (
    select * from {{ ref('factor_selection') }}
),

-- only whole objects compare, and what a publisher has withdrawn does not compete
wholes as (
    select
        factors.*,
        objects.object_group_id,
        objects.object_class,
        life_cycle_stages.phase
    from factors
    inner join objects on factors.object_id = objects.object_id
    inner join life_cycle_stages on factors.life_cycle_stage = life_cycle_stages.life_cycle_stage
    where
        factors.is_total
        and factors.status != 'archived'
        -- the same emissions of the same source by another potential are no second opinion
        and coalesce(factors.derivation, 'printed') not like 'recharacterised:%'
),

-- one year of a source stands for it: the change over time is no disagreement
dated as (
    select
        *,
        row_number() over (
            partition by
                source_id,
                object_id,
                indicator_id,
                life_cycle_stage,
                geography_id,
                geography_as_stated,
                electricity_basis,
                electricity_scope,
                reference_unit
            order by is_eligible desc, reference_year desc nulls last, valid_to desc nulls last, factor_id asc
        ) as recency
    from wholes
),

by_stage as (
    select
        factor_id as value_id,
        object_group_id,
        life_cycle_stage as compared_stage,
        impact_category,
        electricity_basis,
        geography_id,
        reference_unit,
        source_id,
        object_id,
        indicator_id as indicator_set,
        stages_covered,
        value,
        amount_unit,
        electricity_scope,
        reference_year,
        object_boundary,
        is_eligible,
        ineligible_reason,
        derivation as derivations,
        licence_id,
        cast(1 as integer) as factors_summed
    from dated
    where recency = 1
),

split as (
    select
        *,
        concat_ws('|', 'embodied', source_id, object_id, impact_category, geography_id, reference_unit) as value_id,
        bool_or(life_cycle_stage != 'embodied_unsplit') over (
            partition by source_id, object_id, impact_category, geography_id, reference_unit
        ) as has_split_stages
    from dated
    where recency = 1 and phase = 'embodied' and is_eligible
),

embodied as (
    select
        value_id,
        object_group_id,
        'embodied_total' as compared_stage,
        impact_category,
        electricity_basis,
        geography_id,
        reference_unit,
        source_id,
        object_id,
        {{ distinct_list('indicator_id') }} as indicator_set,
        replace({{ distinct_list('stages_covered') }}, '; ', ';') as stages_covered,
        {{ ordered_sum('value') }} as value,
        amount_unit,
        cast(null as string) as electricity_scope,
        max(reference_year) as reference_year,
        {{ distinct_list('object_boundary') }} as object_boundary,
        true as is_eligible,
        cast(null as string) as ineligible_reason,
        {{ distinct_list('derivation') }} as derivations,
        {{ distinct_list('licence_id') }} as licence_id,
        cast(count(*) as integer) as factors_summed
    from split
    -- a lump beside stages of its own would count the same kilograms twice
    where life_cycle_stage != 'embodied_unsplit' or not has_split_stages
    group by
        value_id,
        object_group_id,
        impact_category,
        electricity_basis,
        geography_id,
        reference_unit,
        source_id,
        object_id,
        amount_unit
    -- the end of life alone is no total
    having bool_or(stages_covered like '%manufacturing%')
),

competing as (
    select * from by_stage
    union all
    select * from embodied
),

chosen as (
    select
        factor_id as value_id,
        factor_set_id,
        reason
    from factor_selection
    where factor_id is not null
    union all
    select
        split.value_id,
        factor_selection.factor_set_id,
        factor_selection.reason
    from split
    inner join factor_selection on split.factor_id = factor_selection.factor_id
),

users as (
    select
        value_id,
        {{ distinct_list('factor_set_id') }} as used_by_factor_sets,
        {{ distinct_list('reason') }} as why_used
    from chosen
    group by value_id
),

measured as (
    select
        *,
        min(case when is_eligible then value end) over compared as lowest,
        max(case when is_eligible then value end) over compared as highest,
        cast(count(case when is_eligible then 1 end) over compared as integer) as values_compared,
        cast(count(case when is_eligible and derivations like '%bottom_up:%' then 1 end) over compared as integer)
            as derived_values_compared
    from competing
    window
        compared as (
            partition by
                object_group_id, compared_stage, impact_category, electricity_basis, geography_id, reference_unit
        )
),

-- lowest, highest and ratios tell of every value that competes, and a sum of every factor in it
compared_values as (
    select
        object_group_id,
        compared_stage,
        impact_category,
        electricity_basis,
        geography_id,
        reference_unit,
        licence_id,
        case when electricity_basis != 'not_applicable' then coalesce(electricity_scope, 'not stated') end
            as electricity_scope
    from by_stage
    where is_eligible
    union all
    select
        embodied.object_group_id,
        embodied.compared_stage,
        embodied.impact_category,
        embodied.electricity_basis,
        embodied.geography_id,
        embodied.reference_unit,
        split.licence_id,
        embodied.electricity_scope
    from embodied
    inner join split on embodied.value_id = split.value_id
),

value_sets as (
    select
        object_group_id,
        compared_stage,
        impact_category,
        electricity_basis,
        geography_id,
        reference_unit,
        {{ distinct_list('licence_id') }} as compared_licence_set,
        -- what is burnt in plants alone stands beside a life cycle: that is no disagreement about one thing
        {{ distinct_list('electricity_scope') }} as compared_scope_set
    from compared_values
    group by object_group_id, compared_stage, impact_category, electricity_basis, geography_id, reference_unit
),

final as (
    select
        measured.value_id,
        measured.object_group_id,
        measured.compared_stage,
        measured.impact_category,
        measured.electricity_basis,
        measured.geography_id,
        measured.reference_unit,
        measured.source_id,
        measured.object_id,
        measured.value,
        measured.amount_unit,
        measured.indicator_set,
        measured.stages_covered,
        measured.electricity_scope,
        measured.reference_year,
        measured.object_boundary,
        measured.is_eligible,
        measured.ineligible_reason,
        measured.factors_summed,
        measured.derivations,
        measured.values_compared,
        measured.derived_values_compared,
        measured.lowest,
        measured.highest,
        case when measured.lowest > 0 then measured.highest / measured.lowest end as spread_ratio,
        case when measured.lowest > 0 then measured.value / measured.lowest end as ratio_to_lowest,
        users.used_by_factor_sets,
        users.why_used,
        measured.licence_id,
        value_sets.compared_licence_set,
        value_sets.compared_scope_set
    from measured
    left join value_sets
        on
            measured.object_group_id is not distinct from value_sets.object_group_id
            and measured.compared_stage is not distinct from value_sets.compared_stage
            and measured.impact_category is not distinct from value_sets.impact_category
            and measured.electricity_basis is not distinct from value_sets.electricity_basis
            and measured.geography_id is not distinct from value_sets.geography_id
            and measured.reference_unit is not distinct from value_sets.reference_unit
    left join users on measured.value_id = users.value_id
)

select * from final
