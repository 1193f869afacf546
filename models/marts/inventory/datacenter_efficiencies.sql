with

efficiencies as (
    select * from {{ ref('stg_datacenters__efficiencies') }}
),

final as (
    select
        provider,
        site,
        reference_year,
        quantity,
        value,
        unit,
        as_printed,
        basis,
        object_boundary,
        geography_id,
        geography_as_stated,
        producer,
        title,
        published_on,
        url,
        locator,
        verification,
        note,
        source_id,
        release_id,
        file_sha256,
        row_number
    from efficiencies
)

select * from final
