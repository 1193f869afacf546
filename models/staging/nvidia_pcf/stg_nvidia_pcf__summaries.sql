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

-- how the user's own PDF was read
told as (
    select
        *,
        coalesce(how_read like '%from the PDF', false) as is_from_pdf,
        bool_or(coalesce(how_read like '%from the PDF', false) and level = 'total') over (
            partition by product
        ) as has_pdf
    from accepted
),

-- of a product that a PDF tells of, that PDF alone: two editions of one summary are not mixed
preferred as (
    select * from told
    where is_from_pdf = has_pdf
),

final as (
    select
        preferred.product,
        coalesce(products.object_id, concat('nvidia_pcf:', lower(replace(preferred.product, ' ', '_')))) as object_id,
        products.accelerator_object_id,
        products.accelerators_count,
        preferred.product_mass_kg,
        preferred.level,
        preferred.name,
        preferred.value,
        preferred.unit,
        preferred.share_pct,
        preferred.as_printed,
        preferred.how_read,
        preferred.confidence,
        preferred.published_on,
        preferred.locator,
        preferred.source_id,
        preferred.release_id,
        preferred.file_sha256,
        preferred.row_number
    from preferred
    left join products on preferred.product = products.product
)

select * from final
