with

devices as (
    select * from {{ ref('boaviztapi__device_factors') }}
),

blocks as (
    select * from {{ ref('boaviztapi__block_factors') }}
),

criteria as (
    select * from {{ ref('boaviztapi__criteria') }}
    where criteria_group = 'hardware'
),

accepted_devices as (
    select * from devices
    where not {{ is_rejected('violations') }}
),

accepted_blocks as (
    select * from blocks
    where not {{ is_rejected('violations') }}
),

listed as (
    select
        'device' as device_kind,
        device,
        variant,
        'embodied_unsplit' as life_cycle_stage,
        criterion,
        value,
        as_printed,
        cast(null as string) as unit_as_printed,
        source_id,
        release_id,
        file_sha256,
        row_number
    from accepted_devices
    union all
    select
        'block' as device_kind,
        block as device,
        block_level as variant,
        case when stage_as_printed = 'eol' then 'end_of_life' else 'manufacturing' end as life_cycle_stage,
        criterion,
        value,
        as_printed,
        unit_as_printed,
        source_id,
        release_id,
        file_sha256,
        row_number
    from accepted_blocks
),

final as (
    select
        listed.release_id,
        listed.device_kind,
        listed.device,
        listed.variant,
        listed.life_cycle_stage,
        listed.criterion,
        criteria.indicator_id,
        listed.value * criteria.to_canonical_factor as value,
        criteria.amount_unit,
        listed.as_printed,
        listed.unit_as_printed,
        listed.source_id,
        listed.file_sha256,
        listed.row_number
    from listed
    left join criteria on lower(listed.criterion) = criteria.criterion
)

select * from final
