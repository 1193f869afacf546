with

averages as (
    select * from {{ ref('co2js__electricity_maps_averages') }}
),

geography_codes as (
    select * from {{ ref('geography_codes') }}
),

accepted as (
    select * from averages
    where not {{ is_rejected('violations') }}
),

final as (
    select
        accepted.zone_key,
        accepted.place_name,
        -- a zone inside of a country is not the country
        geography_codes.geography_id,
        cast(accepted.year as integer) as reference_year,
        -- grams to kilograms
        accepted.grid_carbon_intensity / 1000 as gwp_kgco2e_per_kwh,
        accepted.grid_carbon_intensity_as_printed,
        accepted.renewable_share_pct,
        accepted.carbon_free_share_pct,
        accepted.source_id,
        accepted.release_id,
        accepted.file_sha256,
        accepted.row_number
    from accepted
    left join geography_codes on accepted.zone_key = geography_codes.geography_code
)

select * from final
