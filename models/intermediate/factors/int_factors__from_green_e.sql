with

mixes as (
    select * from {{ ref('stg_green_e__residual_mixes') }}
),

final as (
    select
        concat('green_e:', subregion, ':', cast(reference_year as string)) as factor_id,
        source_id,
        'electricity' as object_id,
        'Residual electricity mix' as object_name,
        'total' as component,
        true as is_total,
        case when rate_gas = 'CO2' then 'gwp100_co2_only' else 'gwp100_unstated' end as indicator_id,
        'use' as life_cycle_stage,
        'use' as stages_covered,
        geography_id,
        concat_ws(', ', subregion_name, concat('eGRID subregion ', subregion)) as geography_as_stated,
        'market' as electricity_basis,
        'combustion_only' as electricity_scope,
        kg_per_kwh as value,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        cast(null as string) as range_kind,
        'kgCO2e' as amount_unit,
        'kWh' as reference_unit,
        rate_as_printed as as_printed,
        concat(rate_gas, ' ', rate_unit) as unit_as_printed,
        cast(null as string) as unit_qualifier,
        reference_year,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        concat(
            'Electricity of the subregion without what Green-e certified sales claim: direct emissions of power plants',
            ' (', rate_gas, '); no upstream, no plants, no grid losses'
        ) as object_boundary,
        false as includes_use_electricity,
        false as includes_infrastructure,
        'valid' as status,
        case
            when geography_id is null then 'its place is not in the vocabulary of geographies'
            when kg_per_kwh = 0
                then 'printed as 0: where all electricity is claimed there is no residual mix'
        end as ineligible_reason,
        cast(null as string) as derivation,
        cast(null as string) as licence_id,
        concat('row of subregion ', subregion) as locator,
        release_id,
        cast(null as string) as file_path,
        file_sha256,
        row_number
    from mixes
    where kg_per_kwh is not null
)

select * from final
