{#
    The one reading of a trace as a whole. What lies between two samples is counted by its length, in classes a sixteenth of a
    factor of two wide, and the power of a gauge is summed with it: which of the stretches are gaps is known only once the usual
    length is, and then whole classes are taken. Classes of a channel with times out of order hold its lengths alone.
#}
{{ config(
    materialized='incremental',
    unique_key='samples_file',
    incremental_strategy='delete+insert',
    on_schema_change='sync_all_columns',
    pre_hook=["{{ forget_removed_traces() }}", "{{ cut_traces() }}"],
    post_hook="{{ forget_cuts() }}"
) }}

with

samples as {{ not_materialized() }} (
    select * from {{ source('raw', 'power__samples') }}
),

channels as (
    {{ new_traces() }}
),

stored as {{ not_materialized() }} (
    {{ samples_as_stored('samples') }}
),

-- power is that of a gauge alone
channels_in_order as (
    select
        *,
        case when quantity_kind = 'gauge' then to_watt_or_joule end as to_watt,
        quantity_kind in ('delta', 'interval_mean') as may_state_intervals,
        quantity_kind = 'gauge' as is_gauge
    from channels
    where is_in_order
),

in_order as {{ not_materialized() }} (
    select
        stored.channel_key,
        channels_in_order.is_gauge,
        channels_in_order.may_state_intervals,
        stored.interval_s,
        {{ time_or_position('stored.time_us', 'stored.row_number', 'channels_in_order') }} as end_us,
        case
            when stored.channel_key_before = stored.channel_key
                then
                    {{ time_or_position('stored.time_us', 'stored.row_number', 'channels_in_order') }}
                    - {{ time_or_position('stored.time_us_before', 'stored.row_number_before', 'channels_in_order') }}
        end as step_us,
        stored.value * channels_in_order.to_watt as power_w,
        case
            when stored.channel_key_before = stored.channel_key
                then stored.value_before * channels_in_order.to_watt
        end as power_before_w
    from stored
    inner join channels_in_order on stored.channel_key = channels_in_order.channel_key
),

out_of_order as (
    select
        samples.channel_key,
        samples.row_number,
        samples.interval_s,
        channels.quantity_kind = 'gauge' as is_gauge,
        channels.quantity_kind in ('delta', 'interval_mean') as may_state_intervals,
        {{ time_or_position('coalesce(samples.at_us, samples.stated_us)', 'samples.row_number') }} as end_us
    from samples
    inner join channels on samples.channel_key = channels.channel_key
    where not channels.is_in_order and samples.fault is null and samples.value is not null
),

neighbours as {{ not_materialized() }} (
    select
        channel_key,
        is_gauge,
        may_state_intervals,
        interval_s,
        end_us,
        step_us,
        power_w,
        power_before_w
    from in_order
    union all
    select
        channel_key,
        is_gauge,
        may_state_intervals,
        interval_s,
        end_us,
        end_us - lag(end_us) over (partition by channel_key order by end_us, row_number) as step_us,
        null as power_w,
        null as power_before_w
    from out_of_order
    where end_us is not null
),

stretches as {{ not_materialized() }} (
    select
        channel_key,
        end_us,
        step_us,
        power_w,
        power_before_w,
        case when step_us > 0 then cast(floor(16 * log2(step_us)) as integer) else -1 end as interval_class,
        case
            -- the first sample of a gauge is a point in time
            when is_gauge then end_us
            when may_state_intervals and interval_s is not null
                then end_us - cast(round(interval_s * 1e6) as bigint)
            else end_us - step_us
        end as start_us
    from neighbours
),

-- a picojoule is a millionth of a watt for a microsecond
counted as (
    select
        channel_key,
        interval_class,
        count(*) as usable_samples,
        count(step_us) as intervals,
        cast(sum(step_us) as bigint) as total_us,
        min(step_us) as shortest_us,
        max(step_us) as longest_us,
        min(start_us) as class_begin_us,
        max(end_us) as class_end_us,
        sum({{ whole_number('(power_before_w + power_w) * step_us * 500000.0') }}) as energy_pj,
        min(power_w) as lowest_w,
        max(power_w) as highest_w,
        count(case when power_w = power_before_w then 1 end) as repeats,
        count(case when power_before_w > 0 then 1 end) as positive_before,
        sum(case when power_before_w > 0 then {{ whole_number('power_before_w * 1e12') }} end) as positive_before_pw,
        max(case when step_us is null then power_w end) as first_sample_w
    from stretches
    group by channel_key, interval_class
),

final as (
    select
        counted.channel_key,
        counted.interval_class,
        counted.usable_samples,
        counted.intervals,
        counted.total_us,
        counted.shortest_us,
        counted.longest_us,
        counted.class_begin_us,
        counted.class_end_us,
        cast(counted.energy_pj as decimal(38, 0)) as energy_pj,
        counted.lowest_w,
        counted.highest_w,
        counted.repeats,
        counted.positive_before,
        cast(counted.positive_before_pw as decimal(38, 0)) as positive_before_pw,
        counted.first_sample_w,
        channels.samples_file,
        '{{ model_checksum() }}' as model_checksum
    from counted
    inner join channels on counted.channel_key = channels.channel_key
)

select * from final
