with

factors as (
    select * from {{ ref('factors') }}
    where object_id = 'electricity' and is_total and is_eligible and impact_category = 'GWP' and reference_unit = 'kWh'
),

final as (
    select
        factor_id,
        geography_id,
        geography_as_stated,
        reference_year,
        electricity_basis,
        electricity_scope,
        value,
        value_low,
        value_high,
        amount_unit,
        reference_unit,
        indicator_id,
        row_number() over (
            partition by source_id, geography_id, geography_as_stated, electricity_basis, electricity_scope
            order by reference_year desc nulls last, valid_to desc nulls last, factor_id asc
        ) = 1 as is_newest_of_source,
        source_id,
        locator,
        licence_id as licence_set
    from factors
)

select * from final
