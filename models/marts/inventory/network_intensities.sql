with

intensities as (
    select * from {{ ref('stg_networks__intensities') }}
),

final as (
    select
        intensity_id,
        network_type,
        quantity,
        value,
        value_low,
        value_high,
        amount_unit,
        reference_unit,
        as_printed,
        unit_as_printed,
        object_boundary,
        geography_id,
        geography_as_stated,
        reference_year,
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
    from intensities
)

select * from final
