with

providers as (
    select * from {{ ref('ecologits__providers') }}
),

geographies as (
    select * from {{ ref('geographies') }}
),

accepted as (
    select * from providers
    where not {{ is_rejected('violations') }}
),

final as (
    select
        accepted.provider,
        accepted.datacenter_location,
        geographies.geography_id,
        accepted.datacenter_pue_min,
        accepted.datacenter_pue_max,
        accepted.datacenter_wue_min,
        accepted.datacenter_wue_max,
        accepted.source_id,
        accepted.release_id,
        accepted.file_sha256,
        accepted.row_number
    from accepted
    left join geographies on accepted.datacenter_location = geographies.geography_id
)

select * from final
