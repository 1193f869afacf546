-- A model that consumes an object as a whole and by its components in one service part counts it twice.
with

flow_amounts as (
    select * from {{ ref('flow_amounts') }}
),

final as (
    select
        scenario_id,
        service_part,
        equipment,
        object_id
    from flow_amounts
    group by scenario_id, service_part, equipment, object_id
    having
        count(case when component = 'total' then 1 end) > 0
        and count(case when component != 'total' then 1 end) > 0
)

select * from final
