with

ember as (
    select * from {{ ref('stg_co2js__ember_averages') }}
),

electricity_maps as (
    select * from {{ ref('stg_co2js__electricity_maps_averages') }}
),

printed as (
    select
        concat('co2js:ember:', place_key) as factor_id,
        geography_id,
        concat_ws(', ', place_name, case when place_key != place_name then place_key end) as geography_as_stated,
        'generation_life_cycle' as electricity_scope,
        gwp_kgco2e_per_kwh as value,
        carbon_intensity_as_printed as as_printed,
        'gCO2/kWh' as unit_as_printed,
        reference_year,
        'Generation inside the place with its upstream and plants (Ember); no trade, no grid losses' as object_boundary,
        true as includes_infrastructure,
        'CC-BY-SA-4.0' as licence_id,
        concat('average-intensities.json: ', place_key) as locator,
        source_id,
        release_id,
        file_sha256,
        row_number
    from ember
    union all
    select
        concat('co2js:electricity_maps:', zone_key, ':', cast(reference_year as string)) as factor_id,
        geography_id,
        concat(place_name, ', ', zone_key) as geography_as_stated,
        cast(null as string) as electricity_scope,
        gwp_kgco2e_per_kwh as value,
        grid_carbon_intensity_as_printed as as_printed,
        'gCO2eq/kWh' as unit_as_printed,
        reference_year,
        concat(
            'Electricity consumed in the zone, traced across its borders (Electricity Maps); the file does not state',
            ' whether the life cycle and grid losses are inside'
        ) as object_boundary,
        cast(null as boolean) as includes_infrastructure,
        'ODbL-1.0' as licence_id,
        concat('yearly_', cast(reference_year as string), '.json: ', zone_key) as locator,
        source_id,
        release_id,
        file_sha256,
        row_number
    from electricity_maps
),

final as (
    select
        factor_id,
        source_id,
        'electricity' as object_id,
        'Electricity mix' as object_name,
        'total' as component,
        true as is_total,
        'gwp100_unstated' as indicator_id,
        'use' as life_cycle_stage,
        'use' as stages_covered,
        geography_id,
        geography_as_stated,
        'location' as electricity_basis,
        electricity_scope,
        value,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        cast(null as string) as range_kind,
        'kgCO2e' as amount_unit,
        'kWh' as reference_unit,
        as_printed,
        unit_as_printed,
        cast(null as string) as unit_qualifier,
        reference_year,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        object_boundary,
        false as includes_use_electricity,
        includes_infrastructure,
        'valid' as status,
        case
            when geography_id is null then 'its place is not in the vocabulary of geographies'
            when value = 0 then 'printed as 0: over its life cycle no electricity is free of emissions'
        end as ineligible_reason,
        cast(null as string) as derivation,
        licence_id,
        locator,
        release_id,
        cast(null as string) as file_path,
        file_sha256,
        row_number
    from printed
    where value is not null
)

select * from final
