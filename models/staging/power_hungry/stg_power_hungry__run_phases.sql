with

phases as (
    select * from {{ ref('power_hungry__run_phases') }}
),

accepted as (
    select * from phases
    where not {{ is_rejected('violations') }}
),

final as (
    select
        run_id,
        run_phase,
        project,
        ended_at,
        duration_s,
        cpu_energy_kwh,
        gpu_energy_kwh,
        ram_energy_kwh,
        energy_kwh,
        emissions_kgco2e,
        iso_code,
        codecarbon_version,
        cpu_name,
        gpu_name,
        tracking_mode,
        source_id,
        release_id,
        file_sha256,
        row_number
    from accepted
)

select * from final
