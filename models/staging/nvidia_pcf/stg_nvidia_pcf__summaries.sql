with

summaries as (
    select * from {{ ref('nvidia_pcf__summaries') }}
),

products as (
    select * from {{ ref('nvidia_pcf__products') }}
),

accepted as (
    select * from summaries
    where not {{ is_rejected('violations') }}
),

final as (
    select
        accepted.product,
        products.object_id,
        products.accelerator_object_id,
        products.accelerators_count,
        accepted.product_mass_kg,
        accepted.level,
        accepted.name,
        accepted.value,
        accepted.unit,
        accepted.share_pct,
        accepted.as_printed,
        accepted.how_read,
        accepted.confidence,
        accepted.published_on,
        accepted.locator,
        accepted.source_id,
        accepted.release_id,
        accepted.file_sha256,
        accepted.row_number
    from accepted
    inner join products on accepted.product = products.product
)

select * from final
