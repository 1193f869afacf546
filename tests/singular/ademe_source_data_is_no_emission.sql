-- Source data never carry kgCO2e, and a factor always has a value and a unit that is understood.
with

elements as (
    select * from {{ ref('stg_ademe_base_carbone__elements') }}
),

final as (
    select
        element_id,
        entry_type,
        unit_as_printed
    from elements
    where
        (entry_type = 'source_data' and total_kgco2e is not null)
        or (
            entry_type = 'emission_factor'
            and (total_kgco2e is null or value_per_reference_unit is null or reference_unit is null)
        )
)

select * from final
