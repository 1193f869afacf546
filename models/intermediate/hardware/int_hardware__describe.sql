{%- set columns_of_tables = [
    ('hubblo_cards', 'graphics_card', 3, [
        ('card_mass', 'total_weight_g', 'g'),
        ('casing_mass', 'casing_weight_g', 'g'),
        ('heatsink_mass', 'heatsink_weight_g', 'g'),
        ('board_area', 'card_surface_cm2', 'cm**2'),
        ('memory', 'video_ram_capacity_gb', 'GB'),
        ('memory_dies', 'video_ram_dies', 'item'),
        ('die_area', 'gpu_surface_mm2', 'mm**2'),
    ]),
    ('cards_of_release', 'card_name', 4, [
        ('die_area_with_losses', 'die_area_mm2', 'mm**2'),
        ('memory', 'vram_gb', 'GB'),
        ('memory_dies', 'memory_dies', 'item'),
        ('board_area', 'board_area_cm2', 'cm**2'),
        ('casing_mass', 'casing_mass_kg', 'kg'),
        ('heatsink_mass', 'heatsink_mass_kg', 'kg'),
        ('card_mass', 'card_mass_kg', 'kg'),
        ('boat_distance', 'distance_boat_km', 'km'),
        ('truck_distance', 'distance_truck_km', 'km'),
        ('plane_distance', 'distance_plane_km', 'km'),
    ]),
    ('described_servers', 'archetype_id', 4, [
        ('processors', 'processors', 'item'),
        ('processor_area', 'processor_area', 'mm**2'),
        ('memory', 'memory', 'GB'),
        ('memory_modules', 'memory_modules', 'item'),
        ('storage', 'storage', 'GB'),
        ('solid_state_drives', 'solid_state_drives', 'item'),
        ('hard_disk_drives', 'hard_disk_drives', 'item'),
        ('power_supply_mass', 'power_supply_mass', 'kg'),
        ('accelerators', 'accelerators', 'item'),
    ]),
] %}
with

specifications as (
    select * from {{ ref('hardware_specifications') }}
),

accelerator_specs as (
    select * from {{ ref('stg_accelerator_specs__specs') }}
),

hubblo_cards as (
    select * from {{ ref('stg_hubblo_gpu__cards') }}
),

boavizta_cards as (
    select * from {{ ref('stg_boaviztapi__gpu_specs') }}
),

boavizta_processors as (
    select * from {{ ref('stg_boaviztapi__cpu_specs') }}
),

boavizta_servers as (
    select * from {{ ref('stg_boaviztapi__servers') }}
),

archetypes as (
    select * from {{ ref('bottom_up_archetypes') }}
),

units as (
    select * from {{ ref('units') }}
),

-- of several releases the newest describes
cards_of_release as (
    select
        archetypes.object_id,
        boavizta_cards.*
    from boavizta_cards
    inner join archetypes
        on archetypes.hardware_kind = 'card' and boavizta_cards.card_name = archetypes.hardware_name
    qualify boavizta_cards.release_id = max(boavizta_cards.release_id) over ()
),

processor_models as (
    select
        release_id,
        cpu_name,
        cores,
        total_die_area_mm2
    from boavizta_processors
    qualify row_number() over (partition by release_id, cpu_name order by row_number) = 1
),

areas_per_core as (
    select
        release_id,
        avg(total_die_area_mm2 / cores) as area_per_core_mm2
    from boavizta_processors
    where cores > 0
    group by release_id
),

-- archetypes are cells `default;min;max`: the ranges go with the numbers
servers_of_release as (
    select
        archetypes.object_id,
        case when servers.gpu_units > 0 then parts.object_id end as part_object_id,
        servers.*
    from boavizta_servers as servers
    inner join archetypes
        on archetypes.hardware_kind = 'server' and servers.archetype_id = archetypes.hardware_name
    left join archetypes as parts
        on parts.hardware_kind = 'part' and servers.gpu_name = parts.hardware_name
    qualify servers.release_id = max(servers.release_id) over ()
),

-- a processor of unknown area has that of its cores, each as the mean over the table
described_servers as (
    select
        servers.object_id,
        servers.archetype_id,
        servers.part_object_id,
        {%- for end in ['', '_min', '_max'] %}
        {{ end_of_range('servers.cpu_units', end) }} as processors{{ end }},
        {{ end_of_range('servers.ram_units', end) }} as memory_modules{{ end }},
        {{ end_of_range('servers.ssd_units', end) }} as solid_state_drives{{ end }},
        {{ end_of_range('servers.hdd_units', end) }} as hard_disk_drives{{ end }},
        {{ end_of_range('servers.gpu_units', end) }} as accelerators{{ end }},
        {{ end_of_range('servers.cpu_units', end) }}
        * coalesce(
            models.total_die_area_mm2,
            coalesce({{ end_of_range('servers.cpu_core_units', end) }}, models.cores)
            * coalesce({{ end_of_range('servers.cpu_die_area_per_core_mm2', end) }}, areas.area_per_core_mm2)
        ) as processor_area{{ end }},
        {{ end_of_range('servers.ram_units', end) }}
        * {{ end_of_range('servers.ram_capacity_gb', end) }} as memory{{ end }},
        {{ end_of_range('servers.ssd_units', end) }}
        * {{ end_of_range('servers.ssd_capacity_gb', end) }} as storage{{ end }},
        {{ end_of_range('servers.power_supply_units', end) }}
        * {{ end_of_range('servers.power_supply_mass_kg', end) }} as power_supply_mass{{ end }},
        {%- endfor %}
        servers.source_id
    from servers_of_release as servers
    left join processor_models as models
        on servers.release_id = models.release_id and servers.cpu_name = models.cpu_name
    left join areas_per_core as areas on servers.release_id = areas.release_id
),

described as (
    select
        object_id,
        driver,
        value,
        low,
        high,
        unit,
        kind,
        part_object_id,
        source_id,
        locator,
        1 as precedence
    from specifications
    {% for quantity, driver in [('die_area_mm2', 'die_area'), ('memory_gb', 'memory')] %}
    union all
    select
        object_id,
        '{{ driver }}' as driver,
        value,
        cast(null as double) as low,
        cast(null as double) as high,
        unit,
        'published' as kind,
        cast(null as string) as part_object_id,
        source_id,
        source_title as locator,
        2 as precedence
    from accelerator_specs
    where quantity = '{{ quantity }}'
    {% endfor %}
    {% for table, name, precedence, columns in columns_of_tables %}
    {% for driver, column, unit in columns %}
    union all
    select
        object_id,
        '{{ driver }}' as driver,
        cast({{ column }} as double) as value,
        {% if table == 'described_servers' %}
        case when {{ column }}_min < {{ column }}_max then {{ column }}_min end as low,
        case when {{ column }}_min < {{ column }}_max then {{ column }}_max end as high,
        {% else %}
        cast(null as double) as low,
        cast(null as double) as high,
        {% endif %}
        '{{ unit }}' as unit,
        'published' as kind,
        {{ 'part_object_id' if driver == 'accelerators' else 'cast(null as string)' }} as part_object_id,
        source_id,
        concat({{ name }}, ', {{ column }}') as locator,
        {{ precedence }} as precedence
    from {{ table }}
    where object_id is not null
    {% endfor %}
    {% endfor %}
),

final as (
    select
        described.object_id,
        described.driver,
        described.value * units.to_canonical_factor as value,
        described.low * units.to_canonical_factor as low,
        described.high * units.to_canonical_factor as high,
        units.canonical_unit as unit,
        described.kind,
        described.part_object_id,
        described.source_id,
        described.locator,
        cast(described.precedence as integer) as precedence
    from described
    inner join units on described.unit = units.unit
    where described.value is not null
)

select * from final
