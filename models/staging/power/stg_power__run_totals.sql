with

run_totals as (
    select * from {{ ref('power__run_totals') }}
),

sets as (
    select * from {{ source('raw', 'power__tables') }}
),

final as (
    select
        run_totals.run_id,
        run_totals.task,
        run_totals.project,
        run_totals.at_us,
        run_totals.ended_us,
        run_totals.clock,
        run_totals.timezone,
        run_totals.duration_s,
        run_totals.cpu_energy_kwh,
        run_totals.gpu_energy_kwh,
        run_totals.ram_energy_kwh,
        run_totals.energy_kwh,
        run_totals.emissions_kgco2e,
        run_totals.pue,
        run_totals.cpu_is_measured,
        run_totals.gpu_is_measured,
        run_totals.ram_is_measured,
        run_totals.boundary,
        run_totals.instrument,
        run_totals.facts,
        run_totals.file_name,
        run_totals.line_number,
        sets.licence_id,
        run_totals.source_id,
        run_totals.release_id,
        run_totals.file_sha256,
        run_totals.row_number
    from run_totals
    inner join sets on run_totals.source_id = sets.source_id
    where not {{ is_rejected('run_totals.violations') }}
)

select * from final
