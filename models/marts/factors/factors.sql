with

factors as (
    select * from {{ ref('int_factors__union') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

sources as (
    select * from {{ ref('sources') }}
),

gate_findings as (
    select * from {{ ref('gate_findings') }}
),

broken_gates as (
    select
        factor_id,
        {{ distinct_list("concat('breaks the gate ', gate_id, ': ', reason)") }} as reason
    from gate_findings
    group by factor_id
),

final as (
    select
        factors.factor_id,
        factors.source_id,
        factors.object_id,
        factors.object_name,
        factors.component,
        factors.is_total,
        factors.indicator_id,
        indicators.impact_category,
        factors.life_cycle_stage,
        factors.stages_covered,
        factors.geography_id,
        factors.geography_as_stated,
        factors.electricity_basis,
        factors.electricity_scope,
        factors.value,
        factors.value_low,
        factors.value_high,
        factors.range_kind,
        factors.amount_unit,
        factors.reference_unit,
        factors.as_printed,
        factors.unit_as_printed,
        factors.unit_qualifier,
        cast(factors.reference_year as integer) as reference_year,
        cast(factors.valid_from as date) as valid_from,
        cast(factors.valid_to as date) as valid_to,
        factors.object_boundary,
        factors.includes_use_electricity,
        factors.includes_infrastructure,
        factors.status,
        coalesce(factors.ineligible_reason, broken_gates.reason) is null as is_eligible,
        coalesce(factors.ineligible_reason, broken_gates.reason) as ineligible_reason,
        factors.derivation,
        coalesce(factors.licence_id, sources.licence_id) as licence_id,
        factors.locator,
        factors.release_id,
        factors.file_path,
        factors.file_sha256,
        factors.row_number
    from factors
    inner join indicators on factors.indicator_id = indicators.indicator_id
    left join sources on factors.source_id = sources.source_id
    left join broken_gates on factors.factor_id = broken_gates.factor_id
)

select * from final
