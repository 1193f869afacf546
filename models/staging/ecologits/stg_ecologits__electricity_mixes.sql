with

mixes as (
    select * from {{ ref('ecologits__electricity_mixes') }}
),

places as (
    select * from {{ ref('ecologits__places') }}
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
        accepted.place_code,
        coalesce(places.geography_id, geographies.geography_id) as geography_id,
        accepted.gwp,
        accepted.adpe,
        accepted.pe,
        accepted.wue,
        accepted.gwp_as_printed,
        accepted.adpe_as_printed,
        accepted.pe_as_printed,
        accepted.wue_as_printed,
        coalesce(accepted.warnings, '') like '%electricity-mix-adpe-world%' as is_world_adpe,
        coalesce(accepted.warnings, '') like '%electricity-mix-pe-world%' as is_world_pe,
        coalesce(accepted.warnings, '') like '%electricity-mix-wue-world%' as is_world_wue,
        accepted.source_id,
        accepted.release_id,
        accepted.file_sha256,
        accepted.row_number
    from accepted
    left join places on accepted.place_code = places.place_code
    left join geographies on accepted.place_code = geographies.geography_id
)

select * from final
