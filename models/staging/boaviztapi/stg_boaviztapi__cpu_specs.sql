with

processors as (
    select * from {{ ref('boaviztapi__cpu_specs') }}
),

accepted as (
    select * from processors
    where not {{ is_rejected('violations') }}
),

final as (
    select
        release_id,
        cpu_name,
        manufacturer,
        code_name,
        generation,
        model_range,
        cpu_tdp_w,
        cores,
        threads,
        process_nm,
        total_die_area_mm2,
        release_date,
        spec_source,
        source_id,
        file_sha256,
        row_number
    from accepted
)

select * from final
