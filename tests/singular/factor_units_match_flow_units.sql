-- A selected factor is per the unit in which its flow is counted and in the unit of its impact category.
with

impacts as (
    select * from {{ ref('impacts') }}
),

factors as (
    select * from {{ ref('factors') }}
),

final as (
    select
        impacts.scenario_id,
        impacts.flow_id,
        impacts.amount_unit as flow_unit,
        factors.reference_unit,
        impacts.unit as category_unit,
        factors.amount_unit as factor_unit,
        factors.factor_id
    from impacts
    inner join factors on impacts.factor_id = factors.factor_id
    where
        impacts.amount_unit is distinct from factors.reference_unit
        or impacts.unit is distinct from factors.amount_unit
)

select * from final
