with

impact_totals as (
    select * from {{ ref('impact_totals') }}
),

everyday_equivalents as (
    select * from {{ ref('everyday_equivalents') }}
),

factors as (
    select * from {{ ref('factors') }}
),

sources as (
    select * from {{ ref('sources') }}
),

things as (
    select
        everyday_equivalents.equivalent_id,
        everyday_equivalents.title,
        everyday_equivalents.impact_category,
        coalesce(everyday_equivalents.value, factors.value) as equivalent_value,
        everyday_equivalents.equivalent_unit,
        everyday_equivalents.unit,
        everyday_equivalents.source_id as equivalent_source_id,
        everyday_equivalents.note,
        sources.licence_id as thing_licence_id
    from everyday_equivalents
    left join factors
        on
            everyday_equivalents.factor_id = factors.factor_id
            and everyday_equivalents.impact_category = factors.impact_category
            and everyday_equivalents.unit = factors.amount_unit
            and everyday_equivalents.equivalent_unit = factors.reference_unit
    left join sources on everyday_equivalents.source_id = sources.source_id
    -- a user's own copy of a source may lack the factor: then the thing is left out
    where coalesce(everyday_equivalents.value, factors.value) is not null
),

compared as (
    select
        impact_totals.scenario_id,
        impact_totals.impact_category,
        impact_totals.electricity_view,
        things.equivalent_id,
        things.title,
        impact_totals.completeness,
        impact_totals.value,
        impact_totals.value_low,
        impact_totals.value_high,
        impact_totals.unit,
        things.equivalent_value,
        things.equivalent_unit,
        impact_totals.value / things.equivalent_value as equivalents,
        impact_totals.value_low / things.equivalent_value as equivalents_low,
        impact_totals.value_high / things.equivalent_value as equivalents_high,
        things.equivalent_source_id,
        things.note,
        {{ split_list("concat_ws('; ', impact_totals.licence_set, things.thing_licence_id)") }} as licences
    from impact_totals
    inner join things
        on
            impact_totals.impact_category = things.impact_category
            and impact_totals.unit = things.unit
    where impact_totals.value is not null
),

licence_sets as (
    select
        scenario_id,
        electricity_view,
        equivalent_id,
        {{ distinct_list('licence_id') }} as licence_set
    from {{ exploded('compared', 'licences', 'licence_id') }}
    group by scenario_id, electricity_view, equivalent_id
),

final as (
    select
        compared.scenario_id,
        compared.impact_category,
        compared.electricity_view,
        compared.equivalent_id,
        compared.title,
        compared.completeness,
        compared.value,
        compared.value_low,
        compared.value_high,
        compared.unit,
        compared.equivalent_value,
        compared.equivalent_unit,
        compared.equivalents,
        compared.equivalents_low,
        compared.equivalents_high,
        compared.equivalent_source_id,
        compared.note,
        licence_sets.licence_set
    from compared
    left join licence_sets
        on
            compared.scenario_id = licence_sets.scenario_id
            and compared.electricity_view = licence_sets.electricity_view
            and compared.equivalent_id = licence_sets.equivalent_id
)

select * from final
