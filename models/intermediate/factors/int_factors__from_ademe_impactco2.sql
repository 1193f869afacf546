with

devices as (
    select * from {{ ref('stg_ademe_impactco2__devices') }}
),

services as (
    select * from {{ ref('stg_ademe_impactco2__services') }}
),

unioned as (
    select * from devices
    union all
    select * from services
),

-- years of use are no factor: they end in staging
entries as (
    select
        concat('ademe_impactco2:', slug, ':', entry) as factor_id,
        slug,
        object_id,
        object_name,
        entry as component,
        false as is_total,
        life_cycle_stage,
        stages_covered,
        value,
        as_printed,
        unit as unit_as_printed,
        case when entry = 'use_per_year' then concat(reference_unit, '*year') else reference_unit end as reference_unit,
        unit_qualifier,
        ineligible_reason,
        concat(slug, ', entry ', entry_id) as locator,
        source_id,
        release_id,
        file_sha256,
        row_number
    from unioned
    where life_cycle_stage is not null
),

embodied_devices as (
    select * from devices
    where life_cycle_stage != 'use'
),

summed as (
    select
        slug,
        object_id,
        object_name,
        reference_unit,
        unit_qualifier,
        source_id,
        release_id,
        file_sha256,
        {{ ordered_sum('value') }} as value,
        max(case when entry = 'construction' then row_number end) as row_number,
        max(case when stages_covered like '%manufacturing%' then 'manufacturing' end) as manufacturing,
        max(case when stages_covered like '%transport%' then 'transport' end) as transport,
        max(case when stages_covered like '%end_of_life%' then 'end_of_life' end) as end_of_life
    from embodied_devices
    group by slug, object_id, object_name, reference_unit, unit_qualifier, source_id, release_id, file_sha256
),

totals as (
    select
        concat('ademe_impactco2:', slug, ':total') as factor_id,
        slug,
        object_id,
        object_name,
        'total' as component,
        true as is_total,
        'embodied_unsplit' as life_cycle_stage,
        concat_ws(';', manufacturing, transport, end_of_life) as stages_covered,
        value,
        cast(null as string) as as_printed,
        'kgCO2e' as unit_as_printed,
        reference_unit,
        unit_qualifier,
        case when row_number is null then 'no construction among its entries' end as ineligible_reason,
        concat(slug, ', sum of its entries but use') as locator,
        source_id,
        release_id,
        file_sha256,
        row_number
    from summed
),

factors as (
    select * from entries
    union all
    select * from totals
),

final as (
    select
        factor_id,
        source_id,
        object_id,
        object_name,
        component,
        is_total,
        'gwp100_unstated' as indicator_id,
        life_cycle_stage,
        stages_covered,
        cast(null as string) as geography_id,
        cast(null as string) as geography_as_stated,
        'not_applicable' as electricity_basis,
        cast(null as string) as electricity_scope,
        value,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        cast(null as string) as range_kind,
        'kgCO2e' as amount_unit,
        reference_unit,
        as_printed,
        unit_as_printed,
        unit_qualifier,
        cast(null as integer) as reference_year,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        concat(object_name, ': ', replace(component, '_', ' ')) as object_boundary,
        life_cycle_stage = 'use' as includes_use_electricity,
        cast(null as boolean) as includes_infrastructure,
        'valid' as status,
        case when reference_unit is null then 'its unit is not in the list of items' else ineligible_reason end
            as ineligible_reason,
        case when as_printed is null then 'sum_of_entries' end as derivation,
        cast(null as string) as licence_id,
        locator,
        release_id,
        cast(null as string) as file_path,
        file_sha256,
        row_number
    from factors
)

select * from final
