with

services as (
    select * from {{ ref('ademe_impactco2__services') }}
),

entries as (
    select * from {{ ref('ademe_impactco2__entries') }}
),

items as (
    select * from {{ ref('ademe_impactco2__items') }}
),

accepted as (
    select * from services
    where not {{ is_rejected('violations') }}
),

final as (
    select
        accepted.slug,
        coalesce(items.object_id, concat('ademe_impactco2:', accepted.slug)) as object_id,
        coalesce(items.object_name, {{ tidy_text('accepted.name') }}) as object_name,
        {{ tidy_text('accepted.name') }} as name,
        accepted.subtitle,
        accepted.entry_id,
        entries.entry,
        entries.life_cycle_stage,
        entries.stages_covered,
        accepted.value,
        entries.unit,
        items.reference_unit,
        items.unit_qualifier,
        accepted.as_printed,
        entries.ineligible_reason,
        accepted.source_url,
        accepted.source_id,
        accepted.release_id,
        accepted.file_sha256,
        accepted.row_number
    from accepted
    inner join entries on accepted.entry_id = entries.entry_id
    left join items on accepted.slug = items.slug
)

select * from final
