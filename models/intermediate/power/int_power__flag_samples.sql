-- A view: flags cost nothing until somebody asks for them.
{{ config(materialized='view') }}

with

samples as (
    select * from {{ source('raw', 'power__samples') }}
),

channels as (
    select * from {{ ref('stg_power__channels') }}
),

whole_traces as (
    select * from {{ ref('int_power__integrate') }}
    where window_name = 'whole_trace'
),

timed as (
    select
        samples.channel_key,
        samples.row_number,
        samples.fault,
        samples.interval_s,
        channels.quantity_kind,
        channels.counter_modulus_j,
        whole_traces.sampling_interval_s,
        case when samples.fault is null then samples.value * channels.to_watt_or_joule end as watt_or_joule,
        coalesce(
            samples.at_us,
            samples.stated_us,
            cast(round(samples.row_number / channels.sample_rate_hz * 1e6) as bigint)
        ) as end_us,
        channels.source_id
    from samples
    inner join channels on samples.channel_key = channels.channel_key
    left join whole_traces on samples.channel_key = whole_traces.channel_key
),

-- a sample without a number has no neighbours, and is none
with_neighbours as (
    select
        *,
        watt_or_joule is not null and end_us is not null as is_usable,
        lag(end_us) over (partition by channel_key order by row_number) as end_us_in_file_before,
        lag(end_us) over in_time as before_us,
        lag(watt_or_joule) over in_time as watt_or_joule_before
    from timed
    window
        in_time as (
            partition by channel_key, watt_or_joule is not null and end_us is not null
            order by end_us, row_number
        )
),

with_power as (
    select
        *,
        (end_us - before_us) / 1e6 as step_s,
        case
            when not is_usable then null
            when quantity_kind in ('gauge', 'interval_mean') then watt_or_joule
            when quantity_kind = 'delta'
                then watt_or_joule / nullif(coalesce(interval_s, (end_us - before_us) / 1e6), 0)
            when quantity_kind = 'counter' and watt_or_joule >= watt_or_joule_before
                then (watt_or_joule - watt_or_joule_before) / nullif((end_us - before_us) / 1e6, 0)
        end as power_w,
        quantity_kind = 'counter'
        and watt_or_joule < watt_or_joule_before
        and coalesce(watt_or_joule_before - watt_or_joule > counter_modulus_j / 2, false) as has_wrapped
    from with_neighbours
),

with_powers_beside as (
    select
        *,
        greatest(lag(power_w) over in_time, lead(power_w) over in_time) as power_beside_w
    from with_power
    window in_time as (partition by channel_key, is_usable order by end_us, row_number)
),

final as (
    select
        channel_key,
        row_number,
        end_us,
        power_w,
        fault,
        coalesce(is_usable and step_s = 0, false) as is_duplicate_timestamp,
        coalesce(
            is_usable
            and {{ may_hide_a_gap('quantity_kind', 'interval_s') }}
            and step_s > 2.5 * sampling_interval_s,
            false
        ) as has_gap_before,
        coalesce(power_beside_w > 0 and power_w > 10 * power_beside_w, false) as is_spike,
        coalesce(end_us < end_us_in_file_before, false) as is_out_of_order,
        coalesce(is_usable and has_wrapped, false) as has_wrapped,
        coalesce(
            is_usable
            and quantity_kind in ('gauge', 'interval_mean')
            and step_s > 0
            and watt_or_joule = watt_or_joule_before,
            false
        ) as is_repeat,
        source_id
    from with_powers_beside
)

select * from final
