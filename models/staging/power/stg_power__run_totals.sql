with

run_totals as (
    select * from {{ ref('power__run_totals') }}
),

sets as (
    select * from {{ source('raw', 'power__tables') }}
),

accepted as (
    select * from run_totals
    where not {{ is_rejected('violations') }}
),

final as (
    select
        accepted.run_id,
        accepted.task,
        accepted.project,
        accepted.at_us,
        accepted.ended_us,
        accepted.clock,
        accepted.timezone,
        accepted.duration_s,
        accepted.cpu_energy_kwh,
        accepted.gpu_energy_kwh,
        accepted.ram_energy_kwh,
        accepted.energy_kwh,
        accepted.emissions_kgco2e,
        accepted.pue,
        accepted.cpu_is_measured,
        accepted.gpu_is_measured,
        accepted.ram_is_measured,
        accepted.boundary,
        accepted.instrument,
        accepted.facts,
        accepted.file_name,
        accepted.line_number,
        sets.licence_id,
        accepted.source_id,
        accepted.release_id,
        accepted.file_sha256,
        accepted.row_number
    from accepted
    inner join sets on accepted.source_id = sets.source_id
)

select * from final
