with

averages as (
    select * from {{ ref('co2js__ember_averages') }}
),

geographies as (
    select * from {{ ref('geographies') }}
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
        accepted.place_key,
        accepted.place_name,
        coalesce(geographies.geography_id, geography_codes.geography_id) as geography_id,
        cast(accepted.year as integer) as reference_year,
        -- grams to kilograms
        accepted.carbon_intensity / 1000 as gwp_kgco2e_per_kwh,
        accepted.carbon_intensity_as_printed,
        accepted.source_id,
        accepted.release_id,
        accepted.file_sha256,
        accepted.row_number
    from accepted
    left join geographies on accepted.country_code = geographies.geography_id
    -- a group of countries has no code and is known by its name
    left join geography_codes
        on accepted.country_code is null and accepted.place_key = geography_codes.geography_code
)

select * from final
