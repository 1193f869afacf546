with

fits as (
    select * from {{ ref('int_measurements__fit') }}
),

series as (
    select * from {{ ref('int_measurements__series') }}
),

ends as (
    select
        series_id,
        slope,
        t_quantile * residual_standard_error / sqrt(work_squares) as slope_half_width,
        intercept,
        t_quantile
        * residual_standard_error
        * sqrt(1.0 / points_fitted + mean_work * mean_work / work_squares) as intercept_half_width,
        r_squared,
        points_fitted
    from fits
),

statistics as (
    select
        series_id,
        'slope' as quantity,
        slope as value,
        slope - slope_half_width as value_low,
        slope + slope_half_width as value_high,
        points_fitted
    from ends
    union all
    select
        series_id,
        'intercept' as quantity,
        intercept as value,
        intercept - intercept_half_width as value_low,
        intercept + intercept_half_width as value_high,
        points_fitted
    from ends
    union all
    select
        series_id,
        'r_squared' as quantity,
        r_squared as value,
        null as value_low,
        null as value_high,
        points_fitted
    from ends
),

final as (
    select
        concat(statistics.series_id, ':', statistics.quantity) as statistic_id,
        statistics.quantity,
        statistics.value,
        case statistics.quantity
            when 'slope' then series.slope_unit
            when 'intercept' then series.energy_unit
            else '1'
        end as unit,
        statistics.value_low,
        statistics.value_high,
        statistics.points_fitted as sample_count,
        series.source_id,
        case when series.reading_from = 'traces' then series.licence_id end as licence_id,
        concat(
            'Least squares of energy against work: ',
            series.series_title,
            case when statistics.value_low is null then '' else '; range: 95 % confidence' end
        ) as description
    from statistics
    inner join series on statistics.series_id = series.series_id
    -- work of which the vocabulary has no unit gives a line and no statistic
    where statistics.value is not null and (series.slope_unit is not null or statistics.quantity != 'slope')
)

select * from final
