-- Releases of BoaviztAPI name cards differently: a server of which it names the card counts its cards.
-- Empty where its files are not landed.
with

drivers as (
    select * from {{ ref('int_hardware__drivers') }}
),

final as (
    select
        formulation_id,
        object_id,
        value as cards,
        locator
    from drivers
    where driver = 'accelerators' and value > 0 and part_object_id is null
)

select * from final
