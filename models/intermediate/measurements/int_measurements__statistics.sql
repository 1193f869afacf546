-- Further kinds of statistics are appended here. None may rest on impacts: parameters, flows and impacts rest on it.
with

fits as (
    select * from {{ ref('int_measurements__from_fits') }}
),

units as (
    select * from {{ ref('units') }}
),

stated as (
    select * from fits
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
