with

cards as (
    select * from {{ ref('hubblo_gpu__cards') }}
),

card_objects as (
    select * from {{ ref('hubblo_gpu__card_objects') }}
),

final as (
    select
        cards.graphics_card,
        card_objects.object_id,
        cards.total_weight_g,
        cards.casing_weight_g,
        cards.heatsink_weight_g,
        cards.card_surface_cm2,
        cards.video_ram_capacity_gb,
        cards.video_ram_dies,
        cards.video_ram_die_surface_mm2,
        cards.gpu_surface_mm2,
        cards.impact_factors_source,
        cards.source_id,
        cards.release_id,
        cards.file_sha256,
        cards.row_number
    from cards
    left join card_objects on cards.graphics_card = card_objects.graphics_card
    where not {{ is_rejected('cards.violations') }}
)

select * from final
