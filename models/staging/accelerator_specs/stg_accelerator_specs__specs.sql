with

specs as (
    select * from {{ ref('accelerator_specs__specs') }}
),

accepted as (
    select * from specs
    where not {{ is_rejected('violations') }}
),

final as (
    select
        object_id,
        card_name,
        quantity,
        value,
        unit,
        as_printed,
        source_title,
        source_url,
        source_year,
        confidence,
        note,
        source_id,
        release_id,
        file_sha256,
        row_number
    from accepted
)

select * from final
