with

impact_totals as (
    select * from {{ ref('impact_totals') }}
),

impacts as (
    select * from {{ ref('impacts') }}
),

planetary_budgets as (
    select
        *,
        coalesce(value, global_budget / population) as budget_per_person
    from {{ ref('planetary_budgets') }}
),

planetary_indicators as (
    select * from {{ ref('planetary_indicators') }}
),

sources as (
    select * from {{ ref('sources') }}
),

views as (
    select 'location' as electricity_view
    union all
    select 'market' as electricity_view
),

-- a sum is of the budget's indicator if each of its terms is
judged as (
    select
        impacts.scenario_id,
        impacts.impact_category,
        views.electricity_view,
        {{ distinct_list('impacts.indicator_id') }} as indicator_set,
        count(
            case when coalesce(planetary_indicators.indicator_match, 'different') = 'different' then 1 end
        ) as terms_different,
        count(case when planetary_indicators.indicator_match = 'not_stated' then 1 end) as terms_not_stated,
        {{ distinct_list(
            "case when planetary_indicators.indicator_match != 'same' then planetary_indicators.reason end"
        ) }} as reasons
    from impacts
    inner join views on impacts.electricity_basis in (views.electricity_view, 'not_applicable')
    left join planetary_indicators
        on
            impacts.impact_category = planetary_indicators.impact_category
            and impacts.indicator_id = planetary_indicators.indicator_id
    where impacts.state = 'modelled'
    group by impacts.scenario_id, impacts.impact_category, views.electricity_view
),

compared as (
    select
        impact_totals.scenario_id,
        impact_totals.impact_category,
        impact_totals.electricity_view,
        planetary_budgets.normalisation_reference_id,
        planetary_budgets.budget_set,
        impact_totals.completeness,
        impact_totals.value,
        impact_totals.value_low,
        impact_totals.value_high,
        impact_totals.is_ranged,
        impact_totals.unit,
        planetary_budgets.budget_per_person,
        planetary_budgets.unit as budget_unit,
        judged.indicator_set,
        case
            when impact_totals.value is null then null
            when judged.terms_different > 0 then 'different'
            when judged.terms_not_stated > 0 then 'not_stated'
            else 'same'
        end as indicator_match,
        judged.reasons,
        {{ split_list("concat_ws('; ', impact_totals.licence_set, sources.licence_id)") }} as licences
    from impact_totals
    inner join planetary_budgets on impact_totals.impact_category = planetary_budgets.impact_category
    left join sources on planetary_budgets.source_id = sources.source_id
    left join judged
        on
            impact_totals.scenario_id = judged.scenario_id
            and impact_totals.impact_category = judged.impact_category
            and impact_totals.electricity_view = judged.electricity_view
),

licence_sets as (
    select
        scenario_id,
        electricity_view,
        normalisation_reference_id,
        {{ distinct_list('licence_id') }} as licence_set
    from {{ exploded('compared', 'licences', 'licence_id') }}
    group by scenario_id, electricity_view, normalisation_reference_id
),

final as (
    select
        compared.scenario_id,
        compared.impact_category,
        compared.electricity_view,
        compared.normalisation_reference_id,
        compared.budget_set,
        compared.completeness,
        compared.value,
        compared.value_low,
        compared.value_high,
        compared.is_ranged,
        compared.unit,
        compared.budget_per_person,
        compared.budget_unit,
        case when compared.indicator_match != 'different' then compared.value / compared.budget_per_person end
            as person_years,
        case when compared.indicator_match != 'different' then compared.value_low / compared.budget_per_person end
            as person_years_low,
        case when compared.indicator_match != 'different' then compared.value_high / compared.budget_per_person end
            as person_years_high,
        compared.indicator_set,
        compared.indicator_match,
        case
            when compared.value is null then 'nothing of the category is modelled'
            when compared.indicator_match = 'different' then 'the budget is of another indicator'
        end as person_years_missing,
        nullif(
            concat_ws(
                '; ',
                case when compared.completeness = 'partial' then 'of the modelled part' end,
                compared.reasons
            ),
            ''
        ) as person_years_note,
        licence_sets.licence_set
    from compared
    left join licence_sets
        on
            compared.scenario_id = licence_sets.scenario_id
            and compared.electricity_view = licence_sets.electricity_view
            and compared.normalisation_reference_id = licence_sets.normalisation_reference_id
)

select * from final
