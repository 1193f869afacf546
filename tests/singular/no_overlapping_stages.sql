-- The stages covered by the factors selected for one flow, category and basis never overlap.
with

impacts as (
    select * from {{ ref('impacts') }}
),

factors as (
    select * from {{ ref('factors') }}
),

life_cycle_stages as (
    select * from {{ ref('life_cycle_stages') }}
),

final as (
    select
        impacts.scenario_id,
        impacts.flow_id,
        impacts.impact_category,
        impacts.electricity_basis,
        life_cycle_stages.life_cycle_stage
    from impacts
    inner join factors on impacts.factor_id = factors.factor_id
    inner join life_cycle_stages
        on concat(';', factors.stages_covered, ';') like concat('%;', life_cycle_stages.life_cycle_stage, ';%')
    group by
        impacts.scenario_id,
        impacts.flow_id,
        impacts.impact_category,
        impacts.electricity_basis,
        life_cycle_stages.life_cycle_stage
    having count(*) > 1
)

select * from final
