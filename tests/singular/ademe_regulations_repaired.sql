-- No trace of UTF-8 read as cp1252 is left in the column that upstream publishes so.
with

elements as (
    select * from {{ ref('stg_ademe_base_carbone__elements') }}
),

final as (
    select
        element_id,
        regulations
    from elements
    where
        regulations like '%Ã%'
        or regulations like '%Å%'
        or regulations like '%â€%'
)

select * from final
