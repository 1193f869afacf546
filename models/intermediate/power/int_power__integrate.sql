{#
    A long trace is integrated once: only sets whose samples or whose model changed are read again. What a set that is gone
    left behind goes first.
#}
{{ config(
    materialized='incremental',
    unique_key='samples_file',
    incremental_strategy='delete+insert',
    on_schema_change='fail',
    pre_hook="{{ forget_removed_traces() }}"
) }}

with

samples as (
    select * from {{ source('raw', 'power__samples') }}
),

all_channels as (
    select * from {{ ref('stg_power__channels') }}
),

integrated_before as (
    {% if is_incremental() %}
    select distinct samples_file from {{ this }}
    where model_checksum = '{{ model_checksum() }}'
    {% else %}
    select cast(null as string) as samples_file
    {% endif %}
),

stated_windows as (
    select * from {{ ref('stg_power__windows') }}
),

channels as (
    select all_channels.*
    from all_channels
    left join integrated_before on all_channels.samples_file = integrated_before.samples_file
    where integrated_before.samples_file is null
),

-- power in W, energy in J; the time is that of UTC where it is known, else the stated one, else the position
timed as (
    select
        samples.channel_key,
        samples.row_number,
        samples.fault,
        samples.interval_s,
        channels.quantity_kind,
        channels.counter_modulus_j,
        case when samples.fault is null then samples.value * channels.to_watt_or_joule end as value,
        coalesce(
            samples.at_us,
            samples.stated_us,
            cast(round(samples.row_number / channels.sample_rate_hz * 1e6) as bigint)
        ) as end_us
    from samples
    inner join channels on samples.channel_key = channels.channel_key
),

with_neighbours as (
    select
        *,
        lag(end_us) over (partition by channel_key order by row_number) as end_us_before
    from timed
),

in_file_order as (
    select
        channel_key,
        count(*) as samples,
        count(case when fault = 'sentinel' then 1 end) as sentinels,
        count(case when fault = 'negative' then 1 end) as negatives,
        count(case when fault not in ('sentinel', 'negative') then 1 end) as unreadable_values,
        count(case when end_us < end_us_before then 1 end) as steps_back
    from with_neighbours
    group by channel_key
),

usable as (
    select
        *,
        lag(end_us) over in_time as before_us,
        lag(value) over in_time as value_before
    from timed
    where value is not null and end_us is not null
    window in_time as (partition by channel_key order by end_us, row_number)
),

-- the usual interval: the mean of those in the class (a sixteenth of a factor of two wide) of the median
interval_classes as (
    select
        channel_key,
        floor(16 * log2(end_us - before_us)) as interval_class,
        count(*) as intervals,
        cast(sum(end_us - before_us) as double) as total_us
    from usable
    where end_us > before_us
    group by channel_key, floor(16 * log2(end_us - before_us))
),

ranked_classes as (
    select
        *,
        sum(intervals) over (partition by channel_key order by interval_class) as intervals_up_to,
        sum(intervals) over (partition by channel_key) as all_intervals
    from interval_classes
),

usual_intervals as (
    select
        channel_key,
        min_by(total_us / intervals, interval_class) as usual_us
    from ranked_classes
    where 2 * intervals_up_to >= all_intervals
    group by channel_key
),

-- between two samples power is a straight line for a gauge, and even for what was counted over the interval
segments as (
    select
        usable.channel_key,
        usable.end_us,
        usable.quantity_kind,
        usual_intervals.usual_us,
        case
            when usable.quantity_kind in ('delta', 'interval_mean') and usable.interval_s is not null
                then usable.end_us - cast(round(usable.interval_s * 1e6) as bigint)
            -- the first sample of a gauge is a point in time
            when usable.quantity_kind = 'gauge' then coalesce(usable.before_us, usable.end_us)
            else usable.before_us
        end as start_us,
        usable.value,
        coalesce(usable.value_before, usable.value) as value_before,
        case
            when usable.quantity_kind != 'counter' then null
            when usable.value >= usable.value_before then usable.value - usable.value_before
            -- a counter that fell by more than half of where it wraps has wrapped; any other was reset
            when usable.value_before - usable.value > usable.counter_modulus_j / 2
                then usable.value - usable.value_before + usable.counter_modulus_j
        end as counted_j,
        coalesce(usable.quantity_kind = 'counter' and usable.value < usable.value_before, false) as has_fallen
    from usable
    left join usual_intervals on usable.channel_key = usual_intervals.channel_key
),

powers as (
    select
        *,
        (end_us - start_us) / 1e6 as duration_s,
        case quantity_kind
            when 'gauge' then value_before
            when 'interval_mean' then value
            when 'delta' then value / nullif((end_us - start_us) / 1e6, 0)
            when 'counter' then counted_j / nullif((end_us - start_us) / 1e6, 0)
        end as start_w,
        case quantity_kind
            when 'gauge' then value
            when 'interval_mean' then value
            when 'delta' then value / nullif((end_us - start_us) / 1e6, 0)
            when 'counter' then counted_j / nullif((end_us - start_us) / 1e6, 0)
        end as end_w,
        quantity_kind not in ('delta', 'interval_mean') and coalesce(end_us - start_us > 2.5 * usual_us, false)
            as is_gap
    from segments
    where start_us is not null
),

spans as (
    select
        channel_key,
        min(start_us) as first_us,
        max(end_us) as last_us
    from powers
    group by channel_key
),

windows as (
    select
        channel_key,
        'whole_trace' as window_name,
        first_us as begin_us,
        last_us as finish_us
    from spans
    union all
    select
        channels.channel_key,
        stated_windows.window_name,
        coalesce(
            stated_windows.begin_us,
            cast(round((stated_windows.begin_row - 1) / channels.sample_rate_hz * 1e6) as bigint)
        ) as begin_us,
        coalesce(
            stated_windows.end_us,
            cast(round((stated_windows.end_row - 1) / channels.sample_rate_hz * 1e6) as bigint)
        ) as finish_us
    from stated_windows
    inner join channels
        on
            stated_windows.source_id = channels.source_id
            and stated_windows.file_name = channels.file_name
),

-- the part of a segment inside the window; a gauge is interpolated at the window's edges
clipped as (
    select
        windows.channel_key,
        windows.window_name,
        windows.begin_us,
        windows.finish_us,
        powers.is_gap,
        powers.has_fallen,
        powers.counted_j,
        powers.quantity_kind,
        powers.usual_us,
        powers.duration_s,
        powers.value,
        powers.value_before,
        powers.start_w,
        powers.end_w,
        powers.start_us,
        powers.end_us,
        powers.end_us > windows.begin_us and powers.end_us < windows.finish_us as is_inside,
        greatest(powers.start_us, windows.begin_us) as left_us,
        least(powers.end_us, windows.finish_us) as right_us
    from powers
    inner join windows
        on
            powers.channel_key = windows.channel_key
            and powers.end_us >= windows.begin_us
            and powers.start_us <= windows.finish_us
),

with_energy as (
    select
        *,
        (right_us - left_us) / 1e6 as inside_s,
        coalesce(
            (right_us - left_us) / 1e6
            * (
                start_w
                + (end_w - start_w) * ((left_us + right_us) / 2.0 - start_us) / nullif(end_us - start_us, 0)
            ),
            0
        ) as energy_j
    from clipped
),

-- sums of whole picojoules and microseconds do not depend on the order of the rows
summed as (
    select
        channel_key,
        window_name,
        min(begin_us) as begin_us,
        min(finish_us) as finish_us,
        count(case when is_inside then 1 end) as samples_inside,
        cast(sum(cast(round(energy_j * 1e12) as decimal(38, 0))) as double) / 1e12 as energy_j,
        cast(sum(case when is_gap then cast(round(energy_j * 1e12) as decimal(38, 0)) end) as double) / 1e12
            as energy_in_gaps_j,
        cast(sum(right_us - left_us) as double) / 1e6 as reached_s,
        cast(sum(case when is_gap then right_us - left_us end) as double) / 1e6 as gaps_s,
        count(case when is_gap then 1 end) as gaps,
        max(inside_s) as max_gap_s,
        max(usual_us) / 1e6 as sampling_interval_s,
        min(case when duration_s > 0 then least(start_w, end_w) end) as min_power_w,
        max(case when duration_s > 0 then greatest(start_w, end_w) end) as max_power_w,
        count(case when has_fallen and counted_j is not null then 1 end) as wraps_repaired,
        count(case when has_fallen and counted_j is null then 1 end) as resets,
        count(case when quantity_kind = 'gauge' and duration_s = 0 and start_us > begin_us then 1 end)
            as duplicate_timestamps,
        count(case when quantity_kind = 'gauge' and duration_s > 0 and value = value_before then 1 end)
            as repeated_values,
        count(case when quantity_kind = 'gauge' and is_inside and value > 0 then 1 end) as positive_samples,
        cast(
            sum(
                case
                    when quantity_kind = 'gauge' and is_inside and value > 0
                        then cast(round(value * 1e12) as decimal(38, 0))
                end
            ) as double
        ) / 1e12 as positive_sum_w
    from with_energy
    group by channel_key, window_name
),

final as (
    select
        summed.*,
        summed.positive_sum_w / nullif(summed.positive_samples, 0) as mean_of_positive_w,
        in_file_order.samples,
        in_file_order.sentinels,
        in_file_order.negatives,
        in_file_order.unreadable_values,
        in_file_order.steps_back,
        channels.samples_file,
        '{{ model_checksum() }}' as model_checksum
    from summed
    inner join in_file_order on summed.channel_key = in_file_order.channel_key
    inner join channels on summed.channel_key = channels.channel_key
)

select * from final
