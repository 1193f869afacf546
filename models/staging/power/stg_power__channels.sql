with

channels as (
    select * from {{ ref('power__channels') }}
),

sets as (
    select * from {{ source('raw', 'power__tables') }}
),

power_units as (
    select * from {{ ref('power_units') }}
),

accepted as (
    select * from channels
    where not {{ is_rejected('violations') }}
),

final as (
    select
        accepted.channel_key,
        accepted.run_id,
        accepted.device_id,
        accepted.channel,
        accepted.component,
        accepted.boundary,
        accepted.boundary_said_by,
        accepted.quantity_kind,
        accepted.unit,
        power_units.to_watt_or_joule,
        accepted.is_measured,
        accepted.is_part_of_channel,
        accepted.instrument,
        accepted.counter_modulus,
        accepted.counter_modulus * power_units.to_watt_or_joule as counter_modulus_j,
        accepted.sensor_interval_s,
        accepted.sample_rate_hz,
        accepted.clock,
        accepted.utc_offset_s,
        accepted.timezone,
        accepted.clock_reason,
        accepted.facts,
        accepted.samples,
        accepted.series_hash,
        accepted.sentinels,
        accepted.negatives,
        accepted.unreadable_values,
        accepted.steps_back,
        accepted.is_in_order,
        accepted.file_name,
        sets.samples_file,
        sets.licence_id,
        accepted.source_id,
        accepted.release_id,
        accepted.file_sha256,
        accepted.row_number
    from accepted
    inner join sets on accepted.source_id = sets.source_id
    inner join power_units on accepted.unit = power_units.unit
)

select * from final
