with

mixes as (
    select * from {{ ref('codecarbon__energy_mixes') }}
),

geographies as (
    select * from {{ ref('geographies') }}
),

accepted as (
    select * from mixes
    where not {{ is_rejected('violations') }}
),

final as (
    select
        accepted.iso_code,
        geographies.geography_id,
        accepted.country_name,
        cast(accepted.year as integer) as reference_year,
        accepted.carbon_intensity_as_printed,
        -- grams to kilograms
        accepted.carbon_intensity / 1000 as gwp_kgco2e_per_kwh,
        accepted.per_capita_kwh,
        accepted.coal_twh,
        accepted.gas_twh,
        accepted.oil_twh,
        accepted.nuclear_twh,
        accepted.hydroelectricity_twh,
        accepted.solar_twh,
        accepted.wind_twh,
        accepted.biofuel_twh,
        accepted.other_renewable_exc_biofuel_twh,
        accepted.total_twh,
        accepted.total_twh_as_printed,
        accepted.source_id,
        accepted.release_id,
        accepted.file_sha256,
        accepted.row_number
    from accepted
    left join geographies on accepted.iso_code = geographies.geography_id
)

select * from final
