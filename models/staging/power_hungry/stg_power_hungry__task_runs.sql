with

runs as (
    select * from {{ ref('power_hungry__task_runs') }}
),

files as (
    select * from {{ ref('power_hungry__task_files') }}
),

accepted as (
    select * from runs
    where not {{ is_rejected('violations') }}
),

final as (
    select
        accepted.run_id,
        accepted.dataset_file,
        files.inference_task,
        files.is_resized,
        accepted.project,
        accepted.ended_at,
        accepted.duration_s,
        accepted.cpu_energy_kwh,
        accepted.gpu_energy_kwh,
        accepted.ram_energy_kwh,
        accepted.energy_kwh,
        accepted.emissions_kgco2e,
        accepted.pue,
        accepted.iso_code,
        accepted.codecarbon_version,
        accepted.cpu_name,
        accepted.gpu_name,
        accepted.tracking_mode,
        accepted.source_id,
        accepted.release_id,
        accepted.file_sha256,
        accepted.row_number
    from accepted
    left join files on accepted.dataset_file = files.dataset_file
)

select * from final
