with

cells as (
    select * from {{ ref('int_sensitivity__list_cells') }}
),

totals as (
    select * from {{ ref('impact_totals') }}
    where value is not null
),

factors as (
    select * from {{ ref('factors') }}
),

factor_selection as (
    select * from {{ ref('factor_selection') }}
),

factor_disagreement as (
    select * from {{ ref('factor_disagreement') }}
),

published_results as (
    select * from {{ ref('published_results') }}
),

published_values as (
    select * from {{ ref('published_values') }}
),

kinds as (
    select * from {{ ref('consistency_kinds') }}
),

disagreeing as (
    select
        factor_disagreement.value_id as factor_id,
        factor_disagreement.object_id,
        factor_disagreement.spread_ratio,
        factor_disagreement.compared_licence_set
    from factor_disagreement
    inner join kinds
        on
            kinds.check_id = 'disagreement'
            and factor_disagreement.spread_ratio > kinds.finding_limit
    -- combustion beside a life cycle is no disagreement about one thing
    where coalesce(factor_disagreement.compared_scope_set, '') not like '%;%'
),

used as (
    select
        cells.*,
        factors.reference_year,
        coalesce(factors.geography_id, factors.geography_as_stated, 'not stated') as place,
        case
            when cells.electricity_basis != 'not_applicable' then coalesce(factors.electricity_scope, 'not stated')
        end as scope,
        factors.stages_covered,
        case factors.includes_infrastructure
            when true then 'included'
            when false then 'not included'
            else 'not stated'
        end as infrastructure,
        -- match_kind names the place alone where both differ
        coalesce(factors.reference_year != factor_selection.reference_year, false)
        or coalesce(extract(year from factors.valid_to) < factor_selection.reference_year, false) as is_other_year,
        factor_selection.match_kind in ('wider_geography', 'place_not_stated') as is_other_place,
        disagreeing.object_id as disagreeing_object_id,
        disagreeing.spread_ratio,
        disagreeing.compared_licence_set,
        max(disagreeing.spread_ratio) over (
            partition by cells.scenario_id, cells.impact_category, cells.electricity_view
        ) as largest_spread_ratio
    from cells
    inner join factors on cells.factor_id = factors.factor_id
    inner join factor_selection on cells.selection_id = factor_selection.selection_id
    left join disagreeing on cells.factor_id = disagreeing.factor_id
),

stages_of_flows as (
    select
        scenario_id,
        impact_category,
        electricity_view,
        concat_ws(
            ', ',
            case when bool_or(stages_covered like '%manufacturing%') then 'manufacturing' end,
            case when bool_or(stages_covered like '%transport%') then 'transport' end,
            case when bool_or(stages_covered like '%end_of_life%') then 'end_of_life' end,
            case when bool_or(stages_covered is null) then 'not stated' end
        ) as stages
    from used
    where life_cycle_stage != 'use'
    group by scenario_id, impact_category, electricity_view, flow_id
),

stages_together as (
    select
        scenario_id,
        impact_category,
        electricity_view,
        count(distinct stages) as sets_of_stages,
        {{ distinct_list('stages') }} as stages
    from stages_of_flows
    group by scenario_id, impact_category, electricity_view
),

boundaries as (
    select
        published_values.scenario_id,
        published_values.impact_category,
        published_values.electricity_view,
        count(distinct published_results.published_boundary) as boundaries,
        {{ distinct_list('published_results.published_boundary') }} as boundary_list
    from published_values
    inner join published_results on published_values.published_value_id = published_results.published_value_id
    group by published_values.scenario_id, published_values.impact_category, published_values.electricity_view
),

together as (
    select
        scenario_id,
        impact_category,
        electricity_view,
        count(distinct reference_year) as years,
        min(reference_year) as first_year,
        max(reference_year) as last_year,
        count(case when reference_year is null then 1 end) as without_year,
        count(distinct place) as places,
        {{ distinct_list('place') }} as place_list,
        count(distinct scope) as scopes,
        {{ distinct_list('scope') }} as scope_list,
        count(distinct infrastructure) as infrastructures,
        bool_and(infrastructure = 'not stated') as is_infrastructure_not_stated,
        {{ distinct_list('infrastructure') }} as infrastructure_list,
        {{ distinct_list('summing_method') }} as method_list,
        {{ distinct_list('disagreeing_object_id') }} as disagreeing_list,
        max(spread_ratio) as spread_ratio,
        max(case when spread_ratio = largest_spread_ratio then compared_licence_set end) as compared_licence_set,
        {{ ordered_sum('case when disagreeing_object_id is not null then value end') }} as of_disagreeing,
        {{ distinct_list('case when is_other_year then factor_id end') }} as other_year_list,
        {{ ordered_sum('case when is_other_year then value end') }} as of_other_year,
        {{ distinct_list("case when reference_year is null then factor_id end") }} as no_year_list,
        {{ ordered_sum("case when reference_year is null then value end") }} as of_no_year,
        {{ distinct_list('case when is_other_place then factor_id end') }} as other_place_list,
        {{ ordered_sum('case when is_other_place then value end') }} as of_other_place
    from used
    group by scenario_id, impact_category, electricity_view
),

described as (
    select
        together.*,
        totals.value,
        totals.is_method_mixed,
        totals.licence_set,
        coalesce(stages_together.sets_of_stages, 0) as sets_of_stages,
        stages_together.stages,
        coalesce(boundaries.boundaries, 0) as boundaries,
        boundaries.boundary_list
    from together
    inner join totals
        on
            together.scenario_id = totals.scenario_id
            and together.impact_category = totals.impact_category
            and together.electricity_view = totals.electricity_view
    left join stages_together
        on
            together.scenario_id = stages_together.scenario_id
            and together.impact_category = stages_together.impact_category
            and together.electricity_view = stages_together.electricity_view
    left join boundaries
        on
            together.scenario_id = boundaries.scenario_id
            and together.impact_category = boundaries.impact_category
            and together.electricity_view = boundaries.electricity_view
),

paired as (
    select
        described.*,
        kinds.check_id,
        kinds.why_it_matters
    from described
    cross join kinds
),

judged as (
    select
        *,
        case check_id
            when 'vintages'
                then case when years = 0 then 'not stated' when years > 1 then 'found' else 'none found' end
            when 'geographies'
                then case
                    when place_list = 'not stated' then 'not stated' when places > 1 then 'found' else 'none found'
                end
            when 'electricity_scopes'
                then case
                    when scope_list = 'not stated' then 'not stated' when scopes > 1 then 'found' else 'none found'
                end
            when 'stages_covered'
                then case
                    when stages = 'not stated' then 'not stated'
                    when sets_of_stages > 1 then 'found'
                    else 'none found'
                end
            when 'infrastructure'
                then case
                    when is_infrastructure_not_stated then 'not stated'
                    when infrastructures > 1 then 'found'
                    else 'none found'
                end
            when 'methods' then case when is_method_mixed then 'found' else 'none found' end
            when 'disagreement' then case when disagreeing_list is not null then 'found' else 'none found' end
            when 'year_mismatch' then case when other_year_list is not null then 'found' else 'none found' end
            when 'year_not_stated' then case when no_year_list is not null then 'found' else 'none found' end
            when 'place_mismatch' then case when other_place_list is not null then 'found' else 'none found' end
            when 'published_boundaries'
                then case
                    when boundaries = 0 then 'not stated' when boundaries > 1 then 'found' else 'none found'
                end
        end as finding,
        case check_id
            when 'vintages'
                then case
                    when years = 0 then 'no factor states a year'
                    else concat(
                        cast(first_year as string),
                        ' to ',
                        cast(last_year as string),
                        case when without_year > 0 then ', and factors without a year' else '' end
                    )
                end
            when 'geographies' then place_list
            when 'electricity_scopes' then coalesce(scope_list, 'no electricity in this total')
            when 'stages_covered' then coalesce(stages, 'nothing embodied in this total')
            when 'infrastructure' then infrastructure_list
            when 'methods' then method_list
            when 'disagreement' then disagreeing_list
            when 'year_mismatch' then other_year_list
            when 'year_not_stated' then no_year_list
            when 'place_mismatch' then other_place_list
            when 'published_boundaries' then coalesce(boundary_list, 'no printed result of this scenario and category')
        end as what,
        case check_id
            when 'disagreement' then of_disagreeing
            when 'year_mismatch' then of_other_year
            when 'year_not_stated' then of_no_year
            when 'place_mismatch' then of_other_place
        end as affected
    from paired
),

final as (
    select
        scenario_id,
        impact_category,
        electricity_view,
        check_id,
        finding,
        what,
        affected / nullif(value, 0) as affected_share,
        case when check_id = 'disagreement' then spread_ratio end as spread_ratio,
        why_it_matters,
        licence_set,
        case when check_id = 'disagreement' then compared_licence_set end as compared_licence_set
    from judged
)

select * from final
