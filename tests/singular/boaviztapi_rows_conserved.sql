-- Each landed row of BoaviztAPI is staged or a reject, and is so once in its release.
{%- set entities = {
    'boaviztapi__component_factors': 'stg_boaviztapi__component_factors',
    'boaviztapi__electricity_mixes': 'stg_boaviztapi__electricity_mixes',
    'boaviztapi__device_factors': 'stg_boaviztapi__device_factors',
    'boaviztapi__block_factors': 'stg_boaviztapi__device_factors',
    'boaviztapi__gpu_specs': 'stg_boaviztapi__gpu_specs',
    'boaviztapi__cpu_specs': 'stg_boaviztapi__cpu_specs',
    'boaviztapi__chip_densities': 'stg_boaviztapi__chip_densities',
    'boaviztapi__servers': 'stg_boaviztapi__servers',
    'boaviztapi__cloud_instances': 'stg_boaviztapi__cloud_instances',
    'boaviztapi__archetype_fields': 'stg_boaviztapi__archetype_fields',
} %}
with

landed as (
    {% for entity in entities %}
    select
        '{{ entity }}' as entity,
        concat_ws(' ', release_id, file_sha256, cast(row_number as string)) as landed_row
    from {{ source('raw', entity) }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}
),

fates as (
    {% for entity, model in entities.items() %}
    select
        '{{ entity }}' as entity,
        concat_ws(
            ' ', checked.release_id, checked.file_sha256, cast(checked.row_number as string)
        ) as landed_row
    from {{ ref(entity) }} as checked
    where {{ is_rejected('checked.violations') }}
    union all
    select
        '{{ entity }}' as entity,
        concat_ws(' ', release_id, file_sha256, cast(row_number as string)) as landed_row
    from {{ ref(model) }}
    {% if 'block' in entity %}
    where device_kind = 'block'
    {% elif 'device' in entity %}
    where device_kind = 'device'
    {% endif %}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}
),

final as (
    select
        landed.entity,
        landed.landed_row,
        count(fates.landed_row) as fates_count
    from landed
    left join fates on landed.entity = fates.entity and landed.landed_row = fates.landed_row
    group by landed.entity, landed.landed_row
    having count(fates.landed_row) <> 1
)

select * from final
