-- A factor that already holds the electricity of use must not stand beside an electricity flow of the same equipment.
with

impacts as (
    select * from {{ ref('impacts') }}
),

factors as (
    select * from {{ ref('factors') }}
),

with_use_inside as (
    select
        impacts.scenario_id,
        impacts.service_part,
        impacts.equipment,
        impacts.flow_id
    from impacts
    inner join factors on impacts.factor_id = factors.factor_id
    where factors.includes_use_electricity
),

electricity as (
    select distinct
        scenario_id,
        service_part,
        equipment
    from impacts
    where object_id = 'electricity'
),

final as (
    select with_use_inside.*
    from with_use_inside
    inner join electricity
        on
            with_use_inside.scenario_id = electricity.scenario_id
            and with_use_inside.service_part = electricity.service_part
            and with_use_inside.equipment = electricity.equipment
)

select * from final
