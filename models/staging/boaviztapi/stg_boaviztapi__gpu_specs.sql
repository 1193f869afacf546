with

cards as (
    select * from {{ ref('boaviztapi__gpu_specs') }}
),

accepted as (
    select * from cards
    where not {{ is_rejected('violations') }}
),

final as (
    select
        release_id,
        card_name,
        manufacturer,
        dies,
        memory_dies,
        vram_gb,
        die_area_mm2,
        board_area_cm2,
        casing_mass_kg,
        heatsink_mass_kg,
        card_mass_kg,
        distance_boat_km,
        distance_truck_km,
        distance_plane_km,
        spec_source,
        source_id,
        file_sha256,
        row_number
    from accepted
)

select * from final
