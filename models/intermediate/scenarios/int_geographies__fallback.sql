with recursive

geographies as (
    select * from {{ ref('geographies') }}
),

widening as (
    select
        geography_id,
        geography_id as wider_geography_id,
        parent_geography_id as next_geography_id,
        0 as distance
    from geographies

    union all

    select
        widening.geography_id,
        geographies.geography_id as wider_geography_id,
        geographies.parent_geography_id as next_geography_id,
        widening.distance + 1 as distance
    from widening
    inner join geographies on widening.next_geography_id = geographies.geography_id
    where widening.distance < 10
),

final as (
    select
        geography_id,
        wider_geography_id,
        distance
    from widening
)

select * from final
