-- Further kinds of statistics are appended here. None may rest on impacts: parameters, flows and impacts rest on it.
with

fits as (
    select * from {{ ref('int_measurements__from_fits') }}
),

power_hungry as (
    select * from {{ ref('int_measurements__from_power_hungry') }}
),

power as (
    select * from {{ ref('int_measurements__from_power') }}
),

comparisons as (
    select * from {{ ref('int_measurements__compare') }}
),

points as (
    select * from {{ ref('int_measurements__points') }}
),

measured_series as (
    select * from {{ ref('measured_series') }}
),

units as (
    select * from {{ ref('units') }}
),

mean_gaps as (
    select
        concat(comparison_id, ':', tool, ':mean_gap') as statistic_id,
        'mean_gap' as quantity,
        mean_energy_gap as value,
        '1' as unit,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        benchmarks_compared as sample_count,
        source_id,
        cast(null as string) as licence_id,
        concat('Mean over benchmarks of what ', tool, ' misses of the reference meter: ', comparison_id) as description
    from comparisons
),

energies as (
    select
        concat(points.point_id, ':energy') as statistic_id,
        'energy' as quantity,
        points.energy as value,
        measured_series.energy_unit as unit,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        points.sample_count,
        points.source_id,
        cast(null as string) as licence_id,
        concat('Measured point: ', measured_series.series_title) as description
    from points
    inner join measured_series on points.series_id = measured_series.series_id
),

stated as (
    select * from fits
    union all
    select * from mean_gaps
    union all
    select * from energies
    union all
    select * from power_hungry
    union all
    select
        statistic_id,
        quantity,
        value,
        unit,
        value_low,
        value_high,
        sample_count,
        source_id,
        licence_id,
        description
    from power
),

final as (
    select
        stated.statistic_id,
        stated.quantity,
        stated.value * units.to_canonical_factor as value,
        units.canonical_unit as unit,
        stated.value_low * units.to_canonical_factor as value_low,
        stated.value_high * units.to_canonical_factor as value_high,
        stated.sample_count,
        stated.source_id,
        stated.licence_id,
        stated.description,
        power.boundary
    from stated
    left join units on stated.unit = units.unit
    left join power on stated.statistic_id = power.statistic_id
)

select * from final
