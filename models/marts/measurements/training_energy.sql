with

points as (
    select * from {{ ref('int_measurements__points') }}
),

series as (
    select * from {{ ref('int_measurements__series') }}
),

fits as (
    select * from {{ ref('int_measurements__fit') }}
),

planned_runs as (
    select * from {{ ref('planned_runs') }}
),

units as (
    select * from {{ ref('units') }}
),

sources as (
    select * from {{ ref('sources') }}
),

measured as (
    select
        points.point_id as prediction_id,
        case when points.is_fitted then 'fitted' else 'held_out' end as prediction_kind,
        points.series_id,
        cast(null as string) as planned_run_id,
        cast(null as string) as planned_stage,
        points.work_amount,
        cast(null as double) as nodes,
        points.energy as measured_energy,
        cast(null as double) as tdp_energy,
        points.source_id
    from points
    inner join series on points.series_id = series.series_id
),

-- each planned run by every instrument that measured its kind of work
planned as (
    select
        concat(planned_runs.planned_run_id, ':', planned_runs.planned_stage, ':', series.series_id) as prediction_id,
        'extrapolated' as prediction_kind,
        series.series_id,
        planned_runs.planned_run_id,
        planned_runs.planned_stage,
        planned_runs.work_amount,
        planned_runs.nodes,
        cast(null as double) as measured_energy,
        planned_runs.node_tdp * planned_runs.work_amount * planned_runs.work_duration / 3600 as tdp_energy,
        planned_runs.source_id
    from planned_runs
    inner join series on planned_runs.compared_series_id = series.compared_series_id
),

asked as (
    select * from measured
    union all
    select * from planned
),

predicted as (
    select
        asked.*,
        fits.points_fitted,
        fits.slope,
        fits.intercept,
        fits.r_squared,
        fits.residual_standard_error,
        fits.intercept + fits.slope * asked.work_amount as predicted_energy,
        fits.t_quantile
        * fits.residual_standard_error
        * sqrt(1 + 1.0 / fits.points_fitted + pow(asked.work_amount - fits.mean_work, 2) / fits.work_squares)
            as half_width
    from asked
    inner join fits on asked.series_id = fits.series_id
),

final as (
    select
        predicted.prediction_id,
        predicted.prediction_kind,
        predicted.series_id,
        series.instrument,
        series.energy_boundary,
        predicted.planned_run_id,
        predicted.planned_stage,
        predicted.work_amount,
        series.work_unit,
        predicted.nodes,
        predicted.measured_energy,
        predicted.predicted_energy,
        predicted.predicted_energy - predicted.half_width as predicted_energy_low,
        predicted.predicted_energy + predicted.half_width as predicted_energy_high,
        100
        * (predicted.predicted_energy - predicted.measured_energy)
        / nullif(predicted.measured_energy, 0) as prediction_error_pct,
        predicted.tdp_energy,
        predicted.tdp_energy / nullif(predicted.predicted_energy, 0) as tdp_over_predicted,
        series.energy_unit,
        predicted.predicted_energy * predicted.nodes * units.to_canonical_factor as predicted_run_energy,
        (predicted.predicted_energy - predicted.half_width)
        * predicted.nodes
        * units.to_canonical_factor as predicted_run_energy_low,
        (predicted.predicted_energy + predicted.half_width)
        * predicted.nodes
        * units.to_canonical_factor as predicted_run_energy_high,
        predicted.points_fitted,
        predicted.slope,
        series.slope_unit,
        predicted.intercept,
        predicted.r_squared,
        predicted.residual_standard_error,
        predicted.source_id,
        case
            when sources.licence_id is null or sources.licence_id = series.licence_id then series.licence_id
            else concat(
                least(sources.licence_id, series.licence_id),
                '; ',
                greatest(sources.licence_id, series.licence_id)
            )
        end as licence_set,
        series.reading_from
    from predicted
    inner join series on predicted.series_id = series.series_id
    left join units on series.energy_unit = units.unit
    left join sources on predicted.source_id = sources.source_id
)

select * from final
