with

intensities as (
    select * from {{ ref('networks__intensities') }}
),

units as (
    select * from {{ ref('units') }}
),

accepted as (
    select *
    from intensities
    where not {{ is_rejected('intensities.violations') }}
),

final as (
    select
        accepted.intensity_id,
        accepted.network_type,
        accepted.quantity,
        accepted.value
        * amount_units.to_canonical_factor
        / reference_units.to_canonical_factor as value,
        accepted.low
        * amount_units.to_canonical_factor
        / reference_units.to_canonical_factor as value_low,
        accepted.high
        * amount_units.to_canonical_factor
        / reference_units.to_canonical_factor as value_high,
        amount_units.canonical_unit as amount_unit,
        reference_units.canonical_unit as reference_unit,
        accepted.as_printed,
        concat(accepted.amount_unit, '/', accepted.reference_unit) as unit_as_printed,
        accepted.object_boundary,
        accepted.geography_id,
        accepted.geography_as_stated,
        cast(accepted.reference_year as integer) as reference_year,
        accepted.producer,
        accepted.title,
        accepted.published_on,
        accepted.url,
        accepted.locator,
        accepted.verification,
        accepted.note,
        accepted.source_id,
        accepted.release_id,
        accepted.file_sha256,
        accepted.row_number
    from accepted
    left join units as amount_units on accepted.amount_unit = amount_units.unit
    left join units as reference_units on accepted.reference_unit = reference_units.unit
)

select * from final
