-- What the lines are fitted to: energy against work for a series, meter against tool (in energy and in power) for a
-- comparison.
with

measured_points as (
    select * from {{ ref('measured_points') }}
),

measured_series as (
    select * from {{ ref('measured_series') }}
),

meter_readings as (
    select * from {{ ref('int_measurements__readings') }}
),

traced_points as (
    select * from {{ ref('int_measurements__traced_points') }}
),

of_series as (
    select
        measured_points.point_id,
        measured_points.series_id,
        measured_points.work_amount,
        measured_points.energy,
        measured_points.work_amount <= coalesce(measured_series.fit_up_to, measured_points.work_amount) as is_fitted,
        measured_points.sample_count,
        measured_points.source_id
    from measured_points
    inner join measured_series on measured_points.series_id = measured_series.series_id
),

of_comparisons as (
    select
        reading_id as point_id,
        concat(comparison_id, ':', tool) as series_id,
        tool_energy as work_amount,
        reference_energy as energy,
        true as is_fitted,
        cast(null as integer) as sample_count,
        source_id
    from meter_readings
),

-- runs last for different times: their powers make another line than their energies
of_powers as (
    select
        concat(reading_id, ':power') as point_id,
        concat(comparison_id, ':', tool, ':power') as series_id,
        tool_mean_power_w as work_amount,
        reference_mean_power_w as energy,
        true as is_fitted,
        cast(null as integer) as sample_count,
        source_id
    from meter_readings
    where tool_mean_power_w is not null and reference_mean_power_w is not null
),

of_traces as (
    select
        point_id,
        series_id,
        work_amount,
        energy_kwh as energy,
        is_fitted,
        devices as sample_count,
        source_id
    from traced_points
),

final as (
    select * from of_series
    union all
    select * from of_comparisons
    union all
    select * from of_powers
    union all
    select * from of_traces
)

select * from final
