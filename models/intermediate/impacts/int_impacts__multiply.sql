with

expected as (
    select * from {{ ref('int_impacts__expect') }}
),

amounts as (
    select * from {{ ref('int_flows__multiply') }}
),

factor_selection as (
    select * from {{ ref('factor_selection') }}
),

factors as (
    select * from {{ ref('factors') }}
),

multiplied as (
    select
        expected.*,
        amounts.amount,
        factors.factor_id,
        factors.source_id as factor_source_id,
        factors.indicator_id,
        factors.value as factor_value,
        factors.stages_covered,
        factor_selection.reason as selection_reason,
        amounts.amount * factors.value as value
    from expected
    left join amounts
        on
            expected.scenario_id = amounts.scenario_id
            and expected.flow_id = amounts.flow_id
    left join factor_selection on expected.selection_id = factor_selection.selection_id
    left join factors on factor_selection.factor_id = factors.factor_id
),

final as (
    select
        *,
        -- the stages that a selected lump of the same flow covers
        max(case when life_cycle_stage = 'embodied_unsplit' then stages_covered end) over (
            partition by scenario_id, flow_id, impact_category
        ) as stages_in_lump
    from multiplied
)

select * from final
