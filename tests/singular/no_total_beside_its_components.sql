-- A model that consumes an object as a whole and by its components in one service part counts it twice; so do a card by
-- name and the parts of any graphics card of the same equipment.
with

flow_amounts as (
    select * from {{ ref('flow_amounts') }}
),

objects as (
    select * from {{ ref('objects') }}
),

grouped as (
    select
        flow_amounts.*,
        case
            when objects.object_class = 'accelerator' or flow_amounts.object_id = 'graphics_card' then 'graphics card'
            else flow_amounts.object_id
        end as thing
    from flow_amounts
    inner join objects on flow_amounts.object_id = objects.object_id
),

final as (
    select
        scenario_id,
        service_part,
        equipment,
        thing
    from grouped
    group by scenario_id, service_part, equipment, thing
    having
        count(case when component = 'total' then 1 end) > 0
        and count(case when component != 'total' then 1 end) > 0
)

select * from final
