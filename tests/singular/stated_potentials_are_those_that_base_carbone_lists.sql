-- A row of the seed names the element that lists the potential: where that is landed, it prints this number.
with

stated_gwp as (
    select * from {{ ref('ademe_base_carbone__stated_gwp') }}
),

elements as (
    select * from {{ ref('stg_ademe_base_carbone__elements') }}
),

final as (
    select
        stated_gwp.gas,
        stated_gwp.gwp_value,
        elements.total_as_printed
    from stated_gwp
    inner join elements on stated_gwp.locator = concat('element ', elements.element_id)
    where stated_gwp.gwp_value != elements.total_kgco2e
)

select * from final
