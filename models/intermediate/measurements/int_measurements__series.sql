with

printed as (
    select * from {{ ref('measured_series') }}
),

sources as (
    select * from {{ ref('sources') }}
),

traced_points as (
    select * from {{ ref('int_measurements__traced_points') }}
),

traced as (
    select distinct
        series_id,
        task,
        channel,
        boundary,
        instrument,
        devices,
        work_unit,
        source_id,
        licence_set
    from traced_points
),

final as (
    select
        printed.series_id,
        printed.compared_series_id,
        printed.series_title,
        printed.instrument,
        printed.energy_boundary,
        printed.work_unit,
        printed.energy_unit,
        printed.slope_unit,
        printed.source_id,
        sources.licence_id,
        'print' as reading_from
    from printed
    left join sources on printed.source_id = sources.source_id
    union all
    select
        series_id,
        concat(source_id, ':', task, ':', work_unit) as compared_series_id,
        concat(
            concat(task, ' by ', channel),
            case when boundary is null then '' else concat(' at ', boundary) end,
            case when devices = 1 then '' else concat(', ', cast(devices as string), ' devices') end,
            concat(', ', source_id)
        ) as series_title,
        coalesce(instrument, channel) as instrument,
        boundary as energy_boundary,
        work_unit,
        'kWh' as energy_unit,
        {{ energy_per_work_unit('work_unit') }} as slope_unit,
        source_id,
        licence_set as licence_id,
        'traces' as reading_from
    from traced
)

select * from final
