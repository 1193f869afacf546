with

landed as (
    select * from {{ ref('boaviztapi__chip_densities') }}
),

accepted as (
    select * from landed
    where not {{ is_rejected('violations') }}
),

final as (
    select
        release_id,
        chip_kind,
        trim(manufacturer) as manufacturer,
        process_nm,
        layers,
        bits_per_cell,
        cell_type,
        nand_type,
        density_gb_cm2,
        density_year,
        spec_source,
        source_id,
        file_sha256,
        row_number
    from accepted
)

select * from final
