with

factors as (
    select * from {{ ref('factors') }}
    where is_total and is_eligible and object_id != 'electricity' and life_cycle_stage != 'use'
),

final as (
    select
        factor_id,
        object_id,
        object_name,
        impact_category,
        life_cycle_stage,
        stages_covered,
        value,
        value_low,
        value_high,
        amount_unit,
        reference_unit,
        indicator_id,
        derivation,
        object_boundary,
        includes_use_electricity,
        geography_id,
        reference_year,
        source_id,
        locator,
        licence_id as licence_set
    from factors
)

select * from final
