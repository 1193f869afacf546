with

mixes as (
    select * from {{ ref('green_e__residual_mixes') }}
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
        accepted.subregion,
        accepted.subregion_name,
        geographies.geography_id,
        cast(accepted.year as integer) as reference_year,
        -- the international pound is exactly 0.45359237 kg
        case accepted.rate_unit
            when 'lb/MWh' then accepted.rate * 0.45359237 / 1000
            when 'lb/kWh' then accepted.rate * 0.45359237
            when 'kg/kWh' then accepted.rate
            when 'kg/MWh' then accepted.rate / 1000
            when 'g/kWh' then accepted.rate / 1000
        end as kg_per_kwh,
        accepted.rate_gas,
        accepted.rate_as_printed,
        accepted.rate_unit,
        accepted.source_id,
        accepted.release_id,
        accepted.file_sha256,
        accepted.row_number
    from accepted
    left join geographies on concat('USA-', accepted.subregion) = geographies.geography_id
)

select * from final
