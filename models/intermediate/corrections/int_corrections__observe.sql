with

ademe_base_carbone__lines as (
    select * from {{ source('raw', 'ademe_base_carbone__lines') }}
    where row_type = 'Elément'
),

ecologits__electricity_mixes as (
    select * from {{ source('raw', 'ecologits__electricity_mixes') }}
),

ecologits__hardware as (
    select * from {{ source('raw', 'ecologits__hardware') }}
),

hubblo_gpu__impact_factors as (
    select * from {{ source('raw', 'hubblo_gpu__impact_factors') }}
),

-- one table a CTE: its records by their key, with the fields that corrections may name
lines as (
    {{ observed_cells(
        'ademe_base_carbone__lines', 'lines', 'element_id', ['total', 'unit_fr', 'validity']
    ) | indent(4) }}
),

electricity_mixes as (
    {{ observed_cells(
        'ecologits__electricity_mixes', 'electricity_mixes', 'place_code', ['adpe', 'pe']
    ) | indent(4) }}
),

hardware as (
    {{ observed_cells(
        'ecologits__hardware', 'hardware', 'configuration', ['accelerator_adpe', 'accelerator_pe', 'server_pe']
    ) | indent(4) }}
),

impact_factors as (
    {{ observed_cells(
        'hubblo_gpu__impact_factors',
        'impact_factors',
        "concat(graphics_card, '|', component)",
        ['manufacturing_lu', 'manufacturing_gwpb']
    ) | indent(4) }}
),

final as (
    select * from lines
    union all
    select * from electricity_mixes
    union all
    select * from hardware
    union all
    select * from impact_factors
)

select * from final
