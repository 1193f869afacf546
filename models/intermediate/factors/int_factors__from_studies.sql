with

study_factors as (
    select
        *,
        {{ seed_row_number() }} as row_number
    from {{ ref('study_factors') }}
),

units as (
    select * from {{ ref('units') }}
),

seed_files as (
    select * from {{ source('raw', 'seed_files') }}
),

sources as (
    select * from {{ ref('study_sources') }}
),

final as (
    select
        study_factors.factor_id,
        study_factors.source_id,
        study_factors.object_id,
        study_factors.object_id as object_name,
        study_factors.component,
        study_factors.is_total,
        study_factors.indicator_id,
        study_factors.life_cycle_stage,
        study_factors.stages_covered,
        study_factors.geography_id,
        cast(null as string) as geography_as_stated,
        study_factors.electricity_basis,
        study_factors.electricity_scope,
        study_factors.value
        * amount_units.to_canonical_factor
        / reference_units.to_canonical_factor as value,
        study_factors.low
        * amount_units.to_canonical_factor
        / reference_units.to_canonical_factor as value_low,
        study_factors.high
        * amount_units.to_canonical_factor
        / reference_units.to_canonical_factor as value_high,
        study_factors.range_kind,
        amount_units.canonical_unit as amount_unit,
        reference_units.canonical_unit as reference_unit,
        study_factors.as_printed,
        concat(study_factors.amount_unit, '/', study_factors.reference_unit) as unit_as_printed,
        cast(null as string) as unit_qualifier,
        study_factors.reference_year,
        study_factors.valid_from,
        study_factors.valid_to,
        study_factors.object_boundary,
        study_factors.includes_use_electricity,
        study_factors.includes_infrastructure,
        'valid' as status,
        cast(null as string) as ineligible_reason,
        cast(null as string) as derivation,
        cast(null as string) as licence_id,
        study_factors.locator,
        sources.version as release_id,
        seed_files.file_path,
        seed_files.file_sha256,
        study_factors.row_number
    from study_factors
    inner join sources on study_factors.source_id = sources.source_id
    left join units as amount_units on study_factors.amount_unit = amount_units.unit
    left join units as reference_units on study_factors.reference_unit = reference_units.unit
    left join seed_files on seed_files.seed_name = 'study_factors'
)

select * from final
