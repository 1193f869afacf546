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

samples as {{ not_materialized() }} (
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

-- samples are stored by channel and row: the one before stands beside, and a long trace is never in memory as a whole.
-- The time is that of UTC where it is known, else the stated one, else, once the channel is joined, the position
stored as {{ not_materialized() }} (
    select
        channel_key,
        row_number,
        fault,
        coalesce(at_us, stated_us) as time_us,
        lag(channel_key) over {{ as_stored() }} as channel_key_before,
        lag(row_number) over {{ as_stored() }} as row_number_before,
        lag(coalesce(at_us, stated_us)) over {{ as_stored() }} as time_us_before
    from samples
),

in_file_order as (
    select
        stored.channel_key,
        count(*) as samples,
        count(case when stored.fault = 'sentinel' then 1 end) as sentinels,
        count(case when stored.fault = 'negative' then 1 end) as negatives,
        count(case when stored.fault not in ('sentinel', 'negative') then 1 end) as unreadable_values,
        count(
            case
                when
                    stored.channel_key_before = stored.channel_key
                    and stored.row_number_before < stored.row_number
                    and {{ time_or_position('stored.time_us_before', 'stored.row_number_before') }}
                    <= {{ time_or_position('stored.time_us', 'stored.row_number') }}
                    then 1
            end
        ) as samples_after_one_before
    from stored
    inner join channels on stored.channel_key = channels.channel_key
    group by stored.channel_key
),

-- all but the first come after one before
channels_in_order as (
    select
        channels.*,
        in_file_order.samples_after_one_before = in_file_order.samples - 1 as is_in_order
    from channels
    inner join in_file_order on channels.channel_key = in_file_order.channel_key
),

-- power in W, energy in J
out_of_order as (
    select
        samples.channel_key,
        samples.row_number,
        samples.interval_s,
        channels_in_order.quantity_kind,
        channels_in_order.counter_modulus_j,
        case when samples.fault is null then samples.value * channels_in_order.to_watt_or_joule end as value,
        {{ time_or_position('coalesce(samples.at_us, samples.stated_us)', 'samples.row_number', 'channels_in_order') }}
            as end_us
    from samples
    inner join channels_in_order on samples.channel_key = channels_in_order.channel_key
    where not channels_in_order.is_in_order
),

steps as (
    select
        channel_key,
        end_us,
        lag(end_us) over (partition by channel_key order by row_number) as end_us_before
    from out_of_order
),

steps_back as (
    select
        channel_key,
        count(case when end_us < end_us_before then 1 end) as steps_back
    from steps
    group by channel_key
),

stored_without_faults as {{ not_materialized() }} (
    select
        channel_key,
        row_number,
        interval_s,
        value,
        coalesce(at_us, stated_us) as time_us,
        lag(channel_key) over {{ as_stored() }} as channel_key_before,
        lag(row_number) over {{ as_stored() }} as row_number_before,
        lag(coalesce(at_us, stated_us)) over {{ as_stored() }} as time_us_before,
        lag(value) over {{ as_stored() }} as value_before
    from samples
    where fault is null and value is not null
),

in_order as {{ not_materialized() }} (
    select
        stored_without_faults.*,
        channels_in_order.quantity_kind,
        channels_in_order.counter_modulus_j,
        channels_in_order.to_watt_or_joule,
        channels_in_order.sample_rate_hz,
        stored_without_faults.channel_key_before = stored_without_faults.channel_key as is_same_channel
    from stored_without_faults
    inner join channels_in_order on stored_without_faults.channel_key = channels_in_order.channel_key
    where channels_in_order.is_in_order
),

usable as {{ not_materialized() }} (
    select
        in_order.channel_key,
        in_order.interval_s,
        in_order.quantity_kind,
        in_order.counter_modulus_j,
        in_order.value * in_order.to_watt_or_joule as value,
        {{ time_or_position('in_order.time_us', 'in_order.row_number', 'in_order') }} as end_us,
        case
            when in_order.is_same_channel
                then {{ time_or_position('in_order.time_us_before', 'in_order.row_number_before', 'in_order') }}
        end as before_us,
        case when in_order.is_same_channel then in_order.value_before * in_order.to_watt_or_joule end as value_before
    from in_order
    union all
    select
        channel_key,
        interval_s,
        quantity_kind,
        counter_modulus_j,
        value,
        end_us,
        lag(end_us) over in_time as before_us,
        lag(value) over in_time as value_before
    from out_of_order
    where value is not null and end_us is not null
    window in_time as (partition by channel_key order by end_us, row_number)
),

-- between two samples power is a straight line for a gauge, and even for what was counted over the interval
segments as {{ not_materialized() }} (
    select
        channel_key,
        end_us,
        before_us,
        quantity_kind,
        case
            when quantity_kind in ('delta', 'interval_mean') and interval_s is not null
                then end_us - cast(round(interval_s * 1e6) as bigint)
            -- the first sample of a gauge is a point in time
            when quantity_kind = 'gauge' then coalesce(before_us, end_us)
            else before_us
        end as start_us,
        value,
        coalesce(value_before, value) as value_before,
        case
            when quantity_kind != 'counter' then null
            when value >= value_before then value - value_before
            -- a counter that fell by more than half of where it wraps has wrapped; any other was reset
            when value_before - value > counter_modulus_j / 2
                then value - value_before + counter_modulus_j
        end as counted_j,
        coalesce(quantity_kind = 'counter' and value < value_before, false) as has_fallen
    from usable
),

-- the usual interval: the mean of those in the class (a sixteenth of a factor of two wide) of the median
interval_classes as (
    select
        channel_key,
        case when end_us > before_us then floor(16 * log2(end_us - before_us)) end as interval_class,
        count(*) as intervals,
        cast(sum(end_us - before_us) as double) as total_us,
        min(start_us) as first_us,
        max(case when start_us is not null then end_us end) as last_us
    from segments
    group by channel_key, case when end_us > before_us then floor(16 * log2(end_us - before_us)) end
),

spans as (
    select
        channel_key,
        min(first_us) as first_us,
        max(last_us) as last_us
    from interval_classes
    group by channel_key
),

ranked_classes as (
    select
        *,
        sum(intervals) over (partition by channel_key order by interval_class) as intervals_up_to,
        sum(intervals) over (partition by channel_key) as all_intervals
    from interval_classes
    where interval_class is not null
),

usual_intervals as (
    select
        channel_key,
        min_by(total_us / intervals, interval_class) as usual_us
    from ranked_classes
    where 2 * intervals_up_to >= all_intervals
    group by channel_key
),

with_usual_intervals as {{ not_materialized() }} (
    select
        segments.*,
        usual_intervals.usual_us
    from segments
    left join usual_intervals on segments.channel_key = usual_intervals.channel_key
    where segments.start_us is not null
),

powers as {{ not_materialized() }} (
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
    from with_usual_intervals
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
clipped as {{ not_materialized() }} (
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

with_energy as {{ not_materialized() }} (
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
        coalesce(steps_back.steps_back, 0) as steps_back,
        channels.samples_file,
        '{{ model_checksum() }}' as model_checksum
    from summed
    left join steps_back on summed.channel_key = steps_back.channel_key
    inner join in_file_order on summed.channel_key = in_file_order.channel_key
    inner join channels on summed.channel_key = channels.channel_key
)

select * from final
