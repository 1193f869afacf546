-- Work of a window goes with the energy of that window, work of a whole run with that of the whole trace or run.
-- Work that one file states for a run which several files measure is that of all of them: their energies are added.
with

measured as (
    select * from {{ ref('int_power__measure') }}
),

stated_work as (
    select * from {{ ref('stg_power__work') }}
),

-- the summary of MLPerf prints the tokens per second of a Server run twice
work as (
    select distinct
        file_name,
        run_id,
        work_unit,
        work_amount,
        work_per_s,
        window_name,
        task,
        stated_in,
        source_id
    from stated_work
),

told_once as (
    select
        source_id,
        run_id,
        work_unit
    from work
    where run_id is not null
    group by source_id, run_id, work_unit
    having count(distinct file_name) = 1
),

over_files as (
    select
        source_id,
        run_id,
        channel,
        window_name
    from measured
    group by source_id, run_id, channel, window_name
    having count(distinct file_name) > 1
),

of_traces as (
    select
        measured.measurement_id,
        measured.run_id,
        measured.task,
        measured.device_id,
        measured.channel,
        measured.boundary,
        measured.instrument,
        measured.window_name,
        measured.is_measured,
        measured.is_part_of_channel,
        measured.energy_kwh,
        measured.energy_low_kwh,
        measured.energy_high_kwh,
        measured.mean_power_w,
        1 as devices,
        measured.file_name,
        measured.source_id,
        measured.release_id,
        measured.licence_set,
        over_files.run_id is not null as is_over_files
    from measured
    left join over_files
        on
            measured.source_id = over_files.source_id
            and measured.run_id = over_files.run_id
            and measured.channel = over_files.channel
            and measured.window_name = over_files.window_name
),

-- without all devices, or with two series of one, nobody could say what the run took
of_runs as (
    select
        min(measurement_id) as measurement_id,
        run_id,
        min(task) as task,
        cast(null as string) as device_id,
        channel,
        boundary,
        instrument,
        window_name,
        is_measured,
        cast(null as string) as is_part_of_channel,
        {{ ordered_sum('energy_kwh') }} as energy_kwh,
        {{ ordered_sum('energy_low_kwh') }} as energy_low_kwh,
        {{ ordered_sum('energy_high_kwh') }} as energy_high_kwh,
        {{ ordered_sum('mean_power_w') }} as mean_power_w,
        cast(count(*) as integer) as devices,
        min(file_name) as file_name,
        source_id,
        release_id,
        licence_set
    from of_traces
    where is_over_files and is_part_of_channel is null
    group by
        run_id, channel, boundary, instrument, window_name, is_measured, source_id, release_id, licence_set
    having count(distinct device_id) = count(*) and count(energy_kwh) = count(*)
),

with_work as (
    select
        of_traces.measurement_id,
        of_traces.run_id,
        of_traces.task,
        of_traces.device_id,
        of_traces.channel,
        of_traces.boundary,
        of_traces.instrument,
        of_traces.window_name,
        of_traces.is_measured,
        of_traces.is_part_of_channel,
        of_traces.energy_kwh,
        of_traces.energy_low_kwh,
        of_traces.energy_high_kwh,
        of_traces.mean_power_w,
        of_traces.devices,
        of_traces.file_name,
        of_traces.source_id,
        of_traces.release_id,
        of_traces.licence_set,
        work.task as work_task,
        work.work_unit,
        work.work_amount,
        work.work_per_s,
        work.stated_in
    from of_traces
    inner join work
        on
            of_traces.source_id = work.source_id
            and of_traces.file_name = work.file_name
            and of_traces.run_id = coalesce(work.run_id, of_traces.run_id)
            and (
                of_traces.window_name = work.window_name
                or (work.window_name is null and of_traces.window_name in ('whole_trace', 'run'))
            )
    left join told_once
        on
            work.source_id = told_once.source_id
            and work.run_id = told_once.run_id
            and work.work_unit = told_once.work_unit
    where not (of_traces.is_over_files and told_once.run_id is not null)
    union all
    select
        of_runs.*,
        work.task as work_task,
        work.work_unit,
        work.work_amount,
        work.work_per_s,
        work.stated_in
    from of_runs
    inner join work
        on
            of_runs.source_id = work.source_id
            and of_runs.run_id = work.run_id
            and (
                of_runs.window_name = work.window_name
                or (work.window_name is null and of_runs.window_name in ('whole_trace', 'run'))
            )
    inner join told_once
        on
            work.source_id = told_once.source_id
            and work.run_id = told_once.run_id
            and work.work_unit = told_once.work_unit
),

final as (
    select
        concat(measurement_id, ':', work_unit) as work_id,
        measurement_id,
        run_id,
        coalesce(work_task, task) as task,
        device_id,
        devices,
        channel,
        boundary,
        instrument,
        window_name,
        is_measured,
        is_part_of_channel,
        energy_kwh,
        mean_power_w,
        work_unit,
        work_amount,
        work_per_s,
        case
            when work_amount is not null then energy_kwh * 3.6e6 / work_amount
            else mean_power_w / work_per_s
        end as energy_per_work_j,
        case
            when work_amount is not null then energy_low_kwh * 3.6e6 / work_amount
            else energy_low_kwh / nullif(energy_kwh, 0) * mean_power_w / work_per_s
        end as energy_per_work_low_j,
        case
            when work_amount is not null then energy_high_kwh * 3.6e6 / work_amount
            else energy_high_kwh / nullif(energy_kwh, 0) * mean_power_w / work_per_s
        end as energy_per_work_high_j,
        case
            when work_amount is not null then 'energy by amount of work'
            else 'mean power by work in a second, as stated'
        end as derivation,
        stated_in,
        file_name,
        source_id,
        release_id,
        licence_set
    from with_work
    where energy_kwh is not null
    -- two amounts of one unit for one energy would give two figures that both look right
    qualify count(*) over (partition by measurement_id, work_unit) = 1
)

select * from final
