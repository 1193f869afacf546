-- A row of the seed names the elements that list the potential and the ends of its range: where they are
-- landed, they print these numbers.
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
    union all
    select
        stated_gwp.gas,
        stated_gwp.gwp_value,
        elements.total_as_printed
    from stated_gwp
    inner join elements on stated_gwp.range_locator like concat('%', elements.element_id, '%')
    where elements.total_kgco2e not in (stated_gwp.lowest_gwp_value, stated_gwp.highest_gwp_value)
)

select * from final
