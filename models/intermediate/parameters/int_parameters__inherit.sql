with

ancestry as (
    select * from {{ ref('int_scenarios__ancestry') }}
),

parameters as (
    select
        *,
        {{ seed_row_number() }} as row_number
    from {{ ref('parameters') }}
),

parameter_measurements as (
    select
        *,
        {{ seed_row_number() }} as row_number
    from {{ ref('parameter_measurements') }}
),

measured_statistics as (
    select * from {{ ref('int_measurements__statistics') }}
),

units as (
    select * from {{ ref('units') }}
),

-- a number that a source prints, or a statistic of measured runs
stated as (
    select
        scenario_id,
        parameter_name,
        parameter_id,
        value as value_in_printed_unit,
        unit as printed_unit,
        low,
        high,
        as_printed,
        kind,
        source_id,
        cast(null as string) as licence_id,
        locator,
        cast(null as string) as statistic_id,
        'parameters' as seed_name,
        row_number
    from parameters
    union all
    select
        parameter_measurements.scenario_id,
        parameter_measurements.parameter_name,
        concat(parameter_measurements.scenario_id, '.', parameter_measurements.parameter_name) as parameter_id,
        measured_statistics.value as value_in_printed_unit,
        measured_statistics.unit as printed_unit,
        measured_statistics.value_low as low,
        measured_statistics.value_high as high,
        cast(null as string) as as_printed,
        'measured' as kind,
        measured_statistics.source_id,
        measured_statistics.licence_id,
        measured_statistics.description as locator,
        parameter_measurements.statistic_id,
        'parameter_measurements' as seed_name,
        parameter_measurements.row_number
    from parameter_measurements
    left join measured_statistics on parameter_measurements.statistic_id = measured_statistics.statistic_id
),

nearest as (
    select
        ancestry.scenario_id,
        stated.parameter_name,
        stated.parameter_id,
        stated.value_in_printed_unit,
        stated.printed_unit,
        stated.low,
        stated.high,
        stated.as_printed,
        stated.kind,
        stated.source_id,
        stated.licence_id,
        stated.locator,
        stated.statistic_id,
        stated.seed_name,
        stated.row_number
    from ancestry
    inner join stated on ancestry.ancestor_id = stated.scenario_id
    qualify row_number() over (
        partition by ancestry.scenario_id, stated.parameter_name
        order by ancestry.distance
    ) = 1
),

final as (
    select
        nearest.scenario_id,
        nearest.parameter_name,
        nearest.parameter_id,
        nearest.value_in_printed_unit * units.to_canonical_factor as value,
        coalesce(nearest.low, nearest.value_in_printed_unit) * units.to_canonical_factor as value_low,
        coalesce(nearest.high, nearest.value_in_printed_unit) * units.to_canonical_factor as value_high,
        nearest.low is not null or nearest.high is not null as is_ranged,
        units.canonical_unit as unit,
        nearest.as_printed,
        nearest.printed_unit,
        nearest.kind,
        nearest.source_id,
        nearest.licence_id,
        nearest.locator,
        nearest.statistic_id,
        nearest.seed_name,
        nearest.row_number
    from nearest
    left join units on nearest.printed_unit = units.unit
    -- a statistic of runs that are not landed has no value: nobody else's stands in for it
    where nearest.statistic_id is null or nearest.value_in_printed_unit is not null
)

select * from final
