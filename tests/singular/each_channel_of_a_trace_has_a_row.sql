-- Each accepted series has one row for the whole of it, with an energy or with the reason why there is none.
with

channels as (
    select
        concat(cast(channel_key as string), ':whole_trace') as measurement_id,
        source_id
    from {{ ref('stg_power__channels') }}
),

measured as (
    select
        measurement_id,
        source_id,
        window_name,
        quantity_kind,
        energy_kwh,
        not_measured_reason
    from {{ ref('int_power__measure') }}
),

whole as (
    select * from measured
    where window_name = 'whole_trace'
),

final as (
    select
        coalesce(channels.measurement_id, whole.measurement_id) as measurement_id,
        'a channel without a row, or a row without a channel' as what
    from channels
    full outer join whole on channels.measurement_id = whole.measurement_id
    where channels.measurement_id is null or whole.measurement_id is null
    union all
    select
        measurement_id,
        'neither an energy nor a reason, or both' as what
    from measured
    where (energy_kwh is null) = (not_measured_reason is null)
)

select * from final
