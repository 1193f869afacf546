with

mixes as (
    select * from {{ ref('stg_aib_residual_mix__residual_mixes') }}
),

final as (
    select
        concat('aib_residual_mix:', country_code, ':', cast(reference_year as string)) as factor_id,
        source_id,
        'electricity' as object_id,
        'Residual electricity mix' as object_name,
        'total' as component,
        true as is_total,
        'gwp100_co2_only' as indicator_id,
        'use' as life_cycle_stage,
        'use' as stages_covered,
        geography_id,
        country_code as geography_as_stated,
        'market' as electricity_basis,
        'combustion_only' as electricity_scope,
        kgco2_per_kwh as value,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        cast(null as string) as range_kind,
        'kgCO2e' as amount_unit,
        'kWh' as reference_unit,
        residual_co2_as_printed as as_printed,
        'gCO2/kWh' as unit_as_printed,
        cast(null as string) as unit_qualifier,
        reference_year,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        concat(
            'Electricity that no guarantee of origin was claimed for: direct CO2 of power plants alone; no other',
            ' gases, no biogenic CO2, no upstream, no plants, no grid losses'
        ) as object_boundary,
        false as includes_use_electricity,
        false as includes_infrastructure,
        'valid' as status,
        case
            when geography_id is null then 'its place is not in the vocabulary of geographies'
            when kgco2_per_kwh = 0
                then 'printed as 0: where all electricity is claimed there is no residual mix'
        end as ineligible_reason,
        cast(null as string) as derivation,
        cast(null as string) as licence_id,
        concat('sheet Residual Mixes: ', country_code) as locator,
        release_id,
        cast(null as string) as file_path,
        file_sha256,
        row_number
    from mixes
    where kgco2_per_kwh is not null
)

select * from final
