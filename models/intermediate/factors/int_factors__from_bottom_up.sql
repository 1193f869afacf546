with

parts as (
    select * from {{ ref('int_hardware__multiply') }}
),

objects as (
    select * from {{ ref('objects') }}
),

study_sources as (
    select * from {{ ref('study_sources') }}
),

licences as (
    select * from {{ ref('licences') }}
),

seed_files as (
    select * from {{ source('raw', 'seed_files') }}
),

components as (
    select
        concat_ws(':', source_id, object_id, component, life_cycle_stage, indicator_id) as factor_id,
        source_id,
        object_id,
        component,
        false as is_total,
        indicator_id,
        life_cycle_stage,
        value,
        value_low,
        value_high,
        amount_unit,
        object_boundary,
        ineligible_reason,
        formulation_id,
        licence_id,
        locator,
        row_number
    from parts
    -- a part that is not there is no component; one that is not modelled is none either and shows in the total
    where value != 0
),

totals as (
    select
        concat_ws(':', parts.source_id, parts.object_id, 'total', parts.life_cycle_stage, parts.indicator_id)
            as factor_id,
        parts.source_id,
        parts.object_id,
        'total' as component,
        true as is_total,
        parts.indicator_id,
        parts.life_cycle_stage,
        {{ ordered_sum('parts.value') }} as value,
        {{ ordered_sum('parts.value_low') }} as value_low,
        {{ ordered_sum('parts.value_high') }} as value_high,
        {{ distinct_list('parts.ineligible_reason') }} as lacking,
        max(parts.amount_unit) as amount_unit,
        max(parts.object_boundary) as object_boundary,
        max(parts.formulation_id) as formulation_id,
        {{ strictest_licence() }} as licence_id,
        min(parts.row_number) as row_number
    from parts
    left join licences on parts.licence_id = licences.licence_id
    group by parts.source_id, parts.object_id, parts.life_cycle_stage, parts.indicator_id
    having {{ ordered_sum('parts.value') }} != 0
),

derived as (
    select
        factor_id,
        source_id,
        object_id,
        component,
        is_total,
        indicator_id,
        life_cycle_stage,
        value,
        value_low,
        value_high,
        amount_unit,
        object_boundary,
        ineligible_reason,
        formulation_id,
        licence_id,
        locator,
        row_number
    from components
    union all
    select
        factor_id,
        source_id,
        object_id,
        component,
        is_total,
        indicator_id,
        life_cycle_stage,
        value,
        value_low,
        value_high,
        amount_unit,
        object_boundary,
        case when lacking is not null then concat('a part of the sum is not modelled: ', lacking) end
            as ineligible_reason,
        formulation_id,
        licence_id,
        'sum of the components' as locator,
        row_number
    from totals
),

final as (
    select
        derived.factor_id,
        derived.source_id,
        derived.object_id,
        objects.title as object_name,
        derived.component,
        derived.is_total,
        derived.indicator_id,
        derived.life_cycle_stage,
        derived.life_cycle_stage as stages_covered,
        cast(null as string) as geography_id,
        cast(null as string) as geography_as_stated,
        'not_applicable' as electricity_basis,
        cast(null as string) as electricity_scope,
        derived.value,
        case when derived.value_low < derived.value_high then derived.value_low end as value_low,
        case when derived.value_low < derived.value_high then derived.value_high end as value_high,
        case when derived.value_low < derived.value_high then 'drivers at the ends of their ranges' end as range_kind,
        derived.amount_unit,
        'item' as reference_unit,
        cast(null as string) as as_printed,
        cast(null as string) as unit_as_printed,
        cast(null as string) as unit_qualifier,
        cast(null as integer) as reference_year,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        derived.object_boundary,
        false as includes_use_electricity,
        cast(null as boolean) as includes_infrastructure,
        'valid' as status,
        derived.ineligible_reason,
        concat('bottom_up:', derived.formulation_id) as derivation,
        derived.licence_id,
        derived.locator,
        study_sources.version as release_id,
        seed_files.file_path,
        seed_files.file_sha256,
        derived.row_number
    from derived
    inner join objects on derived.object_id = objects.object_id
    inner join study_sources on derived.source_id = study_sources.source_id
    left join seed_files on seed_files.seed_name = 'bottom_up_terms'
)

select * from final
