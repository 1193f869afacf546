-- Work of a window goes with the energy of that window, work of a whole run with that of the whole trace or run.
with

measured as (
    select * from {{ ref('int_power__measure') }}
),

work as (
    select * from {{ ref('stg_power__work') }}
),

final as (
    select
        concat(measured.measurement_id, ':', work.work_unit) as work_id,
        measured.measurement_id,
        measured.run_id,
        coalesce(work.task, measured.task) as task,
        measured.device_id,
        measured.channel,
        measured.boundary,
        measured.instrument,
        measured.window_name,
        measured.is_measured,
        measured.is_part_of_channel,
        measured.energy_kwh,
        measured.mean_power_w,
        work.work_unit,
        work.work_amount,
        work.work_per_s,
        case
            when work.work_amount is not null then measured.energy_kwh * 3.6e6 / work.work_amount
            else measured.mean_power_w / work.work_per_s
        end as energy_per_work_j,
        case
            when work.work_amount is not null then measured.energy_low_kwh * 3.6e6 / work.work_amount
            else measured.energy_low_kwh / nullif(measured.energy_kwh, 0) * measured.mean_power_w / work.work_per_s
        end as energy_per_work_low_j,
        case
            when work.work_amount is not null then measured.energy_high_kwh * 3.6e6 / work.work_amount
            else measured.energy_high_kwh / nullif(measured.energy_kwh, 0) * measured.mean_power_w / work.work_per_s
        end as energy_per_work_high_j,
        case
            when work.work_amount is not null then 'energy by amount of work'
            else 'mean power by work in a second, as stated'
        end as derivation,
        work.stated_in,
        measured.file_name,
        measured.source_id,
        measured.release_id,
        measured.licence_set
    from measured
    inner join work
        on
            measured.source_id = work.source_id
            and measured.file_name = work.file_name
            and measured.run_id = coalesce(work.run_id, measured.run_id)
            and (
                measured.window_name = work.window_name
                or (work.window_name is null and measured.window_name in ('whole_trace', 'run'))
            )
    where measured.energy_kwh is not null
    -- two amounts of one unit for one energy would give two figures that both look right
    qualify count(*) over (partition by measured.measurement_id, work.work_unit) = 1
)

select * from final
