-- Runs of one task by one meter, from landed traces: what a line of energy against work is fitted to.
with

per_work as (
    select * from {{ ref('int_power__divide_by_work') }}
),

in_series as (
    select
        source_id,
        run_id,
        window_name,
        task,
        channel,
        boundary,
        instrument,
        work_unit,
        work_amount,
        licence_set,
        devices,
        energy_kwh,
        concat(
            concat(source_id, ':', task, ':', channel, ':', coalesce(boundary, 'unknown boundary')),
            case when instrument is null then '' else concat(':', instrument) end,
            case when devices = 1 then '' else concat(':', cast(devices as string), ' devices') end,
            concat(':', work_unit)
        ) as series_id
    from per_work
    where task is not null and work_amount is not null
),

amounts as (
    select
        series_id,
        count(distinct work_amount) as different_amounts,
        max(work_amount) as most_work
    from in_series
    group by series_id
),

-- a line is asked to foretell the longest runs where three other amounts are left to fit it to
final as (
    select
        concat(in_series.series_id, ':', in_series.run_id, ':', in_series.window_name) as point_id,
        in_series.series_id,
        in_series.task,
        in_series.channel,
        in_series.boundary,
        in_series.instrument,
        in_series.devices,
        in_series.work_unit,
        in_series.work_amount,
        in_series.energy_kwh,
        amounts.different_amounts < 4 or in_series.work_amount < amounts.most_work as is_fitted,
        in_series.source_id,
        in_series.licence_set
    from in_series
    inner join amounts on in_series.series_id = amounts.series_id
    -- a trace that was landed twice under one name is no second run
    qualify count(*) over (partition by in_series.series_id, in_series.run_id, in_series.window_name) = 1
)

select * from final
