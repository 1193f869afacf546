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

units as (
    select * from {{ ref('units') }}
),

nearest as (
    select
        ancestry.scenario_id,
        parameters.parameter_id,
        parameters.parameter_name,
        parameters.value as value_in_printed_unit,
        parameters.unit as printed_unit,
        parameters.low,
        parameters.high,
        parameters.kind,
        parameters.source_id,
        parameters.locator,
        parameters.as_printed,
        parameters.row_number
    from ancestry
    inner join parameters on ancestry.ancestor_id = parameters.scenario_id
    qualify row_number() over (
        partition by ancestry.scenario_id, parameters.parameter_name
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
        nearest.locator,
        nearest.row_number
    from nearest
    left join units on nearest.printed_unit = units.unit
)

select * from final
