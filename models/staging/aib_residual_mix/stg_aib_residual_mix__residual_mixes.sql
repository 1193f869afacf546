with

mixes as (
    select * from {{ ref('aib_residual_mix__residual_mixes') }}
),

geography_codes as (
    select * from {{ ref('geography_codes') }}
),

accepted as (
    select * from mixes
    where not {{ is_rejected('violations') }}
),

final as (
    select
        accepted.country_code,
        geography_codes.geography_id,
        cast(accepted.year as integer) as reference_year,
        -- grams to kilograms
        accepted.residual_co2 / 1000 as kgco2_per_kwh,
        accepted.residual_co2_as_printed,
        case
            when accepted.residual_co2 is not null then null
            when accepted.residual_co2_as_printed is null then 'the cell is empty'
            when upper(replace(trim(accepted.residual_co2_as_printed), '/', '')) = 'NA'
                then 'printed NA: under full disclosure all electricity is claimed and there is no residual mix'
            else 'emptied by the contract'
        end as missing_reason,
        accepted.source_id,
        accepted.release_id,
        accepted.file_sha256,
        accepted.row_number
    from accepted
    left join geography_codes on accepted.country_code = geography_codes.geography_code
)

select * from final
