{# what of a source's staging models may differ between two releases: entity -> model, key and fields #}
{%- set tables = {
    'component_factors': {
        'model': 'stg_boaviztapi__component_factors',
        'key': ['item', 'sub_part', 'variant', 'life_cycle_stage', 'criterion', 'factor_field'],
        'fields': ['as_printed', 'unit_as_printed', 'factor_source', 'priority', 'reference_period'],
    },
    'gpu_specs': {
        'model': 'stg_boaviztapi__gpu_specs',
        'key': ['card_name'],
        'fields': [
            'dies', 'memory_dies', 'vram_gb', 'die_area_mm2', 'board_area_cm2', 'casing_mass_kg', 'heatsink_mass_kg',
            'card_mass_kg', 'distance_boat_km', 'distance_truck_km', 'distance_plane_km',
        ],
    },
    'cpu_specs': {
        'model': 'stg_boaviztapi__cpu_specs',
        'key': ['cpu_name'],
        'fields': ['cpu_tdp_w', 'cores', 'threads', 'process_nm', 'total_die_area_mm2', 'model_range'],
    },
    'servers': {
        'model': 'stg_boaviztapi__servers',
        'key': ['archetype_id'],
        'fields': [
            'cpu_name', 'cpu_units', 'cpu_core_units', 'ram_units', 'ram_capacity_gb', 'ssd_units', 'ssd_capacity_gb',
            'hdd_units', 'hdd_capacity_gb', 'gpu_name', 'gpu_units', 'gpu_memory_gb', 'power_supply_units',
            'power_supply_mass_kg',
        ],
    },
    'cloud_instances': {
        'model': 'stg_boaviztapi__cloud_instances',
        'key': ['provider', 'instance_id'],
        'fields': ['vcpu', 'memory_gb', 'ssd_storage_gb', 'hdd_storage_gb', 'gpu_units', 'platform'],
    },
} -%}
with

sources as (
    select * from {{ source('raw', 'sources') }}
),

factors as (
    select * from {{ ref('int_factors__union') }}
),

{% for entity, table in tables.items() %}
{{ entity }} as (
    select * from {{ ref(table.model) }}
),

{% endfor %}
-- sources of which the release of the sidecar and another one are landed
compared_sources as (
    select
        source_id,
        version
    from sources
    where
        release_id like '%, %'
        and concat(', ', release_id, ', ') like concat('%, ', version, ', %')
),

-- a number as it is printed is compared as a number where both sides are one
cells as (
    {% for entity, table in tables.items() %}
    {% for field in table.fields %}
    select
        source_id,
        release_id,
        '{{ entity }}' as entity,
        concat_ws(', ', {{ table.key | join(', ') }}) as record_key,
        '{{ field }}' as field,
        cast({{ field }} as string) as cell
    from {{ entity }}
    union all
    {% endfor %}
    {% endfor %}
    select
        source_id,
        release_id,
        'factors' as entity,
        replace(factor_id, concat(source_id, ':', release_id, ':'), '') as record_key,
        'value' as field,
        cast(value as string) as cell
    from factors
),

stated as (
    select
        cells.*,
        compared_sources.version
    from cells
    inner join compared_sources on cells.source_id = compared_sources.source_id
    where cells.cell is not null
),

newer as (
    select * from stated
    where release_id = version
),

older as (
    select * from stated
    where release_id != version
),

-- files that stand beside a source's own table and tell of other things (a PDF of one product) are no earlier release
-- of it: two releases of one thing have a cell in common
older_releases as (
    select distinct
        older.source_id,
        older.release_id,
        older.version
    from older
    inner join newer
        on
            older.source_id = newer.source_id
            and older.entity = newer.entity
            and older.record_key = newer.record_key
            and older.field = newer.field
),

-- each older release against the newest
awaited as (
    select
        older_releases.source_id,
        older_releases.release_id as old_release_id,
        older_releases.version as new_release_id,
        newer.entity,
        newer.record_key,
        newer.field
    from newer
    inner join older_releases on newer.source_id = older_releases.source_id
    union
    select
        older.source_id,
        older.release_id as old_release_id,
        older.version as new_release_id,
        older.entity,
        older.record_key,
        older.field
    from older
    inner join older_releases
        on older.source_id = older_releases.source_id and older.release_id = older_releases.release_id
),

paired as (
    select
        awaited.*,
        older.cell as old_text,
        newer.cell as new_text,
        try_cast(older.cell as double) as old_value,
        try_cast(newer.cell as double) as new_value
    from awaited
    left join older
        on
            awaited.source_id = older.source_id
            and awaited.old_release_id = older.release_id
            and awaited.entity = older.entity
            and awaited.record_key = older.record_key
            and awaited.field = older.field
    left join newer
        on
            awaited.source_id = newer.source_id
            and awaited.entity = newer.entity
            and awaited.record_key = newer.record_key
            and awaited.field = newer.field
),

final as (
    select
        source_id,
        entity,
        record_key,
        field,
        old_release_id,
        new_release_id,
        case
            when old_text is null then 'added'
            when new_text is null then 'removed'
            else 'changed'
        end as change,
        old_text,
        new_text,
        old_value,
        new_value,
        case when old_value != 0 then new_value / old_value end as ratio
    from paired
    where
        old_text is null
        or new_text is null
        or coalesce(old_value != new_value, old_text != new_text)
)

select * from final
