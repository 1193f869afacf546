{#
    At most 300 buckets a series, each of at least ten usual intervals, so that marts do not read samples again.
    A sample counts in the bucket that it ends in; the time before a gap's end is covered by none. Gauges whose times go forward
    as they are stored are read once, without being sorted; all else is sorted by channel and time.
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

new_channels as (
    {{ new_traces() }}
),

integrated as (
    select * from {{ ref('int_power__integrate') }}
),

channels as (
    select
        new_channels.*,
        integrated.begin_us,
        integrated.sampling_interval_s,
        coalesce(new_channels.is_in_order and new_channels.quantity_kind = 'gauge', false) as is_read_as_stored,
        greatest(
            cast(ceil((integrated.finish_us - integrated.begin_us) / 300.0) as bigint),
            cast(round(coalesce(integrated.sampling_interval_s, 0) * 1e7) as bigint),
            1
        ) as bucket_us
    from new_channels
    inner join integrated
        on
            new_channels.channel_key = integrated.channel_key
            and integrated.window_name = 'whole_trace'
),

stored as {{ not_materialized() }} (
    {{ samples_as_stored('samples') }}
),

as_stored as {{ not_materialized() }} (
    select
        stored.channel_key,
        channels.sampling_interval_s,
        channels.begin_us,
        channels.bucket_us,
        channels.quantity_kind,
        {{ time_or_position('stored.time_us', 'stored.row_number') }} as end_us,
        case
            when stored.channel_key_before = stored.channel_key
                then
                    {{ time_or_position('stored.time_us', 'stored.row_number') }}
                    - {{ time_or_position('stored.time_us_before', 'stored.row_number_before') }}
        end / 1e6 as step_s,
        stored.value * channels.to_watt_or_joule as power_w,
        case
            when stored.channel_key_before = stored.channel_key then stored.value_before * channels.to_watt_or_joule
        end as power_before_w,
        case
            when stored.channel_key_after = stored.channel_key then stored.value_after * channels.to_watt_or_joule
        end as power_after_w
    from stored
    inner join channels on stored.channel_key = channels.channel_key
    where channels.is_read_as_stored
),

usable as (
    select
        samples.channel_key,
        samples.row_number,
        samples.interval_s,
        channels.quantity_kind,
        channels.counter_modulus_j,
        channels.sampling_interval_s,
        channels.begin_us,
        channels.bucket_us,
        samples.value * channels.to_watt_or_joule as watt_or_joule,
        coalesce(
            samples.at_us,
            samples.stated_us,
            cast(round(samples.row_number / channels.sample_rate_hz * 1e6) as bigint)
        ) as end_us
    from samples
    inner join channels on samples.channel_key = channels.channel_key
    where not channels.is_read_as_stored and samples.fault is null and samples.value is not null
),

with_before as (
    select
        *,
        (end_us - lag(end_us) over in_time) / 1e6 as step_s,
        lag(watt_or_joule) over in_time as watt_or_joule_before
    from usable
    where end_us is not null
    window in_time as (partition by channel_key order by end_us, row_number)
),

with_power as (
    select
        *,
        coalesce(case when quantity_kind in ('delta', 'interval_mean') then interval_s end, step_s) as covered_s,
        case
            when quantity_kind in ('gauge', 'interval_mean') then watt_or_joule
            when quantity_kind = 'delta' then watt_or_joule / nullif(coalesce(interval_s, step_s), 0)
            when watt_or_joule >= watt_or_joule_before
                then (watt_or_joule - watt_or_joule_before) / nullif(step_s, 0)
            when watt_or_joule_before - watt_or_joule > counter_modulus_j / 2
                then (watt_or_joule - watt_or_joule_before + counter_modulus_j) / nullif(step_s, 0)
        end as power_w
    from with_before
),

with_powers_beside as {{ not_materialized() }} (
    select
        channel_key,
        quantity_kind,
        sampling_interval_s,
        begin_us,
        bucket_us,
        end_us,
        step_s,
        covered_s,
        {{ may_hide_a_gap('quantity_kind', 'interval_s') }} as may_be_gap,
        power_w,
        lag(power_w) over in_time as power_before_w,
        greatest(lag(power_w) over in_time, lead(power_w) over in_time) as power_beside_w
    from with_power
    where power_w is not null
    window in_time as (partition by channel_key order by end_us, row_number)
    union all
    select
        channel_key,
        quantity_kind,
        sampling_interval_s,
        begin_us,
        bucket_us,
        end_us,
        step_s,
        step_s as covered_s,
        true as may_be_gap,
        power_w,
        power_before_w,
        greatest(power_before_w, power_after_w) as power_beside_w
    from as_stored
    where end_us is not null
),

in_buckets as {{ not_materialized() }} (
    select
        *,
        cast(greatest(floor((end_us - begin_us - 1) * 1.0 / bucket_us), 0) as bigint) as bucket_number,
        coalesce(power_beside_w > 0 and power_w > 10 * power_beside_w, false) as is_spike,
        coalesce(
            not may_be_gap or step_s <= 2.5 * sampling_interval_s, false
        ) and coalesce(covered_s > 0, false) as is_covered,
        case when quantity_kind = 'gauge' then (power_before_w + power_w) / 2 else power_w end as mean_w
    from with_powers_beside
),

rolled_up as (
    select
        channel_key,
        bucket_number,
        min(begin_us + bucket_number * bucket_us) as begin_us,
        min(begin_us + (bucket_number + 1) * bucket_us) as finish_us,
        count(*) as samples,
        cast(sum(case when is_covered then {{ whole_number('covered_s * mean_w * 1e12') }} end) as double) / 1e12
        / nullif(cast(sum(case when is_covered then cast(round(covered_s * 1e6) as bigint) end) as double) / 1e6, 0)
            as mean_power_w,
        min(power_w) as min_power_w,
        max(power_w) as max_power_w,
        coalesce(cast(sum(case when is_covered then cast(round(covered_s * 1e6) as bigint) end) as double) / 1e6, 0)
            as covered_s,
        count(case when is_spike then 1 end) as spikes
    from in_buckets
    group by channel_key, bucket_number
),

final as (
    select
        rolled_up.channel_key,
        rolled_up.bucket_number,
        rolled_up.begin_us,
        rolled_up.finish_us,
        rolled_up.samples,
        rolled_up.mean_power_w,
        rolled_up.min_power_w,
        rolled_up.max_power_w,
        rolled_up.covered_s,
        rolled_up.spikes,
        channels.samples_file,
        '{{ model_checksum() }}' as model_checksum
    from rolled_up
    inner join channels on rolled_up.channel_key = channels.channel_key
)

select * from final
