-- Ordinary least squares of energy against work, about the means, so that no digits cancel.
with

fitted as (
    select
        series_id,
        work_amount,
        energy
    from {{ ref('int_measurements__points') }}
    where is_fitted
),

means as (
    select
        series_id,
        cast(count(*) as integer) as points_fitted,
        {{ ordered_sum('work_amount') }} / count(*) as mean_work,
        {{ ordered_sum('energy') }} / count(*) as mean_energy
    from fitted
    group by series_id
    having count(distinct work_amount) >= 2
),

deviations as (
    select
        means.*,
        fitted.work_amount - means.mean_work as work_deviation,
        fitted.energy - means.mean_energy as energy_deviation
    from means
    inner join fitted on means.series_id = fitted.series_id
),

squares as (
    select
        series_id,
        points_fitted,
        mean_work,
        mean_energy,
        {{ ordered_sum('work_deviation * work_deviation') }} as work_squares,
        {{ ordered_sum('energy_deviation * energy_deviation') }} as energy_squares,
        {{ ordered_sum('work_deviation * energy_deviation') }} as cross_products
    from deviations
    group by series_id, points_fitted, mean_work, mean_energy
),

lines as (
    select
        *,
        cross_products / work_squares as slope,
        mean_energy - cross_products / work_squares * mean_work as intercept
    from squares
),

residuals as (
    select
        lines.series_id,
        fitted.energy - lines.intercept - lines.slope * fitted.work_amount as residual
    from lines
    inner join fitted on lines.series_id = fitted.series_id
),

-- summed from the points: their difference from the total would lose most of its digits
left_over as (
    select
        series_id,
        {{ ordered_sum('residual * residual') }} as residual_squares
    from residuals
    group by series_id
),

final as (
    select
        lines.series_id,
        lines.points_fitted,
        lines.mean_work,
        lines.work_squares,
        lines.slope,
        lines.intercept,
        case when lines.energy_squares > 0 then 1 - left_over.residual_squares / lines.energy_squares end as r_squared,
        case
            when lines.points_fitted > 2 then sqrt(left_over.residual_squares / (lines.points_fitted - 2))
        end as residual_standard_error,
        {{ student_t_975('lines.points_fitted - 2') }} as t_quantile
    from lines
    inner join left_over on lines.series_id = left_over.series_id
)

select * from final
