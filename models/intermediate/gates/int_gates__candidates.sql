with

factors as (
    select * from {{ ref('int_factors__union') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

objects as (
    select * from {{ ref('objects') }}
),

-- a row that may not be chosen for a reason of its own is neither judged nor a yardstick for others
final as (
    select
        factors.factor_id,
        factors.source_id,
        factors.object_id,
        objects.object_class,
        factors.component,
        factors.is_total,
        factors.indicator_id,
        indicators.impact_category,
        indicators.unit as indicator_unit,
        factors.life_cycle_stage,
        factors.stages_covered,
        factors.geography_id,
        factors.electricity_basis,
        factors.electricity_scope,
        cast(factors.reference_year as integer) as reference_year,
        factors.value,
        factors.amount_unit,
        factors.reference_unit,
        factors.as_printed
    from factors
    inner join indicators on factors.indicator_id = indicators.indicator_id
    left join objects on factors.object_id = objects.object_id
    where factors.ineligible_reason is null
)

select * from final
