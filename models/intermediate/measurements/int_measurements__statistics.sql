-- Further kinds of statistics are appended here. None may rest on impacts: parameters, flows and impacts rest on it.
with

fits as (
    select * from {{ ref('int_measurements__from_fits') }}
),

power_hungry as (
    select * from {{ ref('int_measurements__from_power_hungry') }}
),

units as (
    select * from {{ ref('units') }}
),

stated as (
    select * from fits
    union all
    select * from power_hungry
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
        stated.description
    from stated
    left join units on stated.unit = units.unit
)

select * from final
