with

readings as (
    select * from {{ ref('int_measurements__readings') }}
),

comparisons as (
    select * from {{ ref('int_measurements__compare') }}
),

fits as (
    select * from {{ ref('int_measurements__fit') }}
),

sources as (
    select * from {{ ref('sources') }}
),

final as (
    select
        readings.reading_id,
        readings.comparison_id,
        readings.tool,
        readings.tool_kind,
        readings.benchmark,
        readings.reference_instrument,
        readings.tool_energy,
        readings.reference_energy,
        readings.energy_unit,
        readings.tool_energy / nullif(readings.reference_energy, 0) as tool_over_reference,
        1 - readings.tool_energy / nullif(readings.reference_energy, 0) as energy_gap,
        comparisons.benchmarks_compared,
        comparisons.mean_energy_gap,
        case when fits.points_fitted > 2 then fits.slope end as reference_slope,
        case when fits.points_fitted > 2 then fits.intercept end as reference_intercept,
        case when fits.points_fitted > 2 then fits.r_squared end as reference_r_squared,
        readings.tool_mean_power_w,
        readings.reference_mean_power_w,
        case when fits_of_powers.points_fitted > 2 then fits_of_powers.slope end as reference_power_slope,
        case when fits_of_powers.points_fitted > 2 then fits_of_powers.intercept end as reference_power_intercept_w,
        case when fits_of_powers.points_fitted > 2 then fits_of_powers.r_squared end as reference_power_r_squared,
        fits_of_powers.residual_standard_error as reference_power_residual_w,
        readings.note,
        readings.source_id,
        readings.locator,
        coalesce(readings.licence_id, sources.licence_id) as licence_set,
        readings.reading_from
    from readings
    inner join comparisons
        on
            readings.comparison_id = comparisons.comparison_id
            and readings.tool = comparisons.tool
            and readings.source_id = comparisons.source_id
    left join fits on concat(readings.comparison_id, ':', readings.tool) = fits.series_id
    left join fits as fits_of_powers
        on concat(readings.comparison_id, ':', readings.tool, ':power') = fits_of_powers.series_id
    left join sources on readings.source_id = sources.source_id
)

select * from final
