-- Work of a window goes with the energy of that window, work of a whole run with that of the whole trace or run.
-- All devices of a channel did it together, as did all files of a run of which it is stated: their energies are added.
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

-- files of one run that all say the same speak of the run and not of themselves
told_alike as (
    select
        source_id,
        run_id,
        work_unit,
        window_name,
        min(file_name) as first_file_name
    from work
    where run_id is not null
    group by source_id, run_id, work_unit, window_name
    having count(distinct work_amount) <= 1 and count(distinct work_per_s) <= 1
),

work_of_files_and_runs as (
    select
        work.*,
        told_alike.run_id is not null as is_of_run,
        coalesce(work.file_name = told_alike.first_file_name, false) as is_first_of_run
    from work
    left join told_alike
        on
            work.source_id = told_alike.source_id
            and work.run_id = told_alike.run_id
            and work.work_unit = told_alike.work_unit
            and coalesce(work.window_name, '') = coalesce(told_alike.window_name, '')
),

series as (
    select
        *,
        min(file_name) over (partition by source_id, run_id, channel, window_name)
        < max(file_name) over (partition by source_id, run_id, channel, window_name) as is_over_files
    from measured
),

with_work as (
    select
        series.measurement_id,
        series.run_id,
        series.task,
        series.device_id,
        series.channel,
        series.boundary,
        series.instrument,
        series.window_name,
        series.is_measured,
        series.is_part_of_channel,
        series.energy_kwh,
        series.energy_low_kwh,
        series.energy_high_kwh,
        series.mean_power_w,
        series.file_name,
        series.source_id,
        series.release_id,
        series.licence_set,
        series.is_over_files and work_of_files_and_runs.is_of_run as is_added_over_files,
        work_of_files_and_runs.task as work_task,
        work_of_files_and_runs.work_unit,
        work_of_files_and_runs.work_amount,
        work_of_files_and_runs.work_per_s,
        work_of_files_and_runs.stated_in
    from series
    inner join work_of_files_and_runs
        on
            series.source_id = work_of_files_and_runs.source_id
            and series.run_id = coalesce(work_of_files_and_runs.run_id, series.run_id)
            and (
                series.window_name = work_of_files_and_runs.window_name
                or (work_of_files_and_runs.window_name is null and series.window_name in ('whole_trace', 'run'))
            )
            and case
                when series.is_over_files and work_of_files_and_runs.is_of_run
                    then work_of_files_and_runs.is_first_of_run
                else series.file_name = work_of_files_and_runs.file_name
            end
),

-- a total without a device stands for itself, if its file is the only one
keyed as (
    select
        *,
        case when not is_added_over_files then file_name end as of_file,
        case when device_id is null and not is_added_over_files then measurement_id end as of_total
    from with_work
),

-- without all devices, or with two series of one, nobody could say what the run took
added as (
    select
        min(measurement_id) as measurement_id,
        run_id,
        coalesce(min(work_task), min(task)) as task,
        case when count(*) = 1 then min(device_id) end as device_id,
        cast(count(*) as integer) as devices,
        channel,
        boundary,
        instrument,
        window_name,
        is_measured,
        is_part_of_channel,
        {{ ordered_sum('energy_kwh') }} as energy_kwh,
        {{ ordered_sum('energy_low_kwh') }} as energy_low_kwh,
        {{ ordered_sum('energy_high_kwh') }} as energy_high_kwh,
        {{ ordered_sum('mean_power_w') }} as mean_power_w,
        work_unit,
        work_amount,
        work_per_s,
        stated_in,
        min(file_name) as file_name,
        source_id,
        release_id,
        licence_set
    from keyed
    group by
        of_file, of_total, run_id, channel, boundary, instrument, window_name, is_measured, is_part_of_channel,
        work_unit, work_amount, work_per_s, stated_in, source_id, release_id, licence_set
    having
        count(energy_kwh) = count(*)
        and (
            count(distinct concat(file_name, '|', coalesce(device_id, ''))) = count(*)
            or min(of_total) is not null
        )
),

final as (
    select
        concat(measurement_id, ':', work_unit) as work_id,
        measurement_id,
        run_id,
        task,
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
    from added
    -- two amounts of one unit for one energy would give two figures that both look right
    qualify count(*) over (partition by measurement_id, work_unit) = 1
)

select * from final
