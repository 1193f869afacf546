{#
    A long trace is integrated once: only sets whose samples or whose model changed are read again. What a set that is gone
    left behind goes first. The whole of a gauge is added up from its classes (int_power__count_intervals); samples are read again
    for the windows that are declared, for other kinds of quantity, and where a class is a gap in part or two samples have one time.
#}
{{ config(
    materialized='incremental',
    unique_key='samples_file',
    incremental_strategy='delete+insert',
    on_schema_change='sync_all_columns',
    pre_hook=["{{ forget_removed_traces() }}", "{{ cut_traces(['int_power__count_intervals']) }}"],
    post_hook="{{ forget_cuts() }}"
) }}

with

samples as {{ not_materialized() }} (
    select * from {{ source('raw', 'power__samples') }}
),

interval_classes as (
    select * from {{ ref('int_power__count_intervals') }}
),

stated_windows as (
    select * from {{ ref('stg_power__windows') }}
),

channels as (
    {{ new_traces(['int_power__count_intervals']) }}
),

spans as (
    select
        channel_key,
        min(class_begin_us) as begin_us,
        max(class_end_us) as finish_us,
        count(case when interval_class = -1 and usable_samples > 1 then 1 end) as classes_of_duplicates,
        count(case when interval_class >= 0 then 1 end) as classes_of_intervals
    from interval_classes
    group by channel_key
),

-- the usual interval: the mean of those in the class of the median
ranked_classes as (
    select
        *,
        sum(intervals) over (partition by channel_key order by interval_class) as intervals_up_to,
        sum(intervals) over (partition by channel_key) as all_intervals
    from interval_classes
    where interval_class >= 0
),

usual_intervals as (
    select
        channel_key,
        min_by(cast(total_us as double) / intervals, interval_class) as usual_us
    from ranked_classes
    where 2 * intervals_up_to >= all_intervals
    group by channel_key
),

classes as (
    select
        interval_classes.*,
        spans.begin_us,
        spans.finish_us,
        spans.classes_of_duplicates,
        spans.classes_of_intervals,
        usual_intervals.usual_us,
        coalesce(interval_classes.longest_us > 2.5 * usual_intervals.usual_us, false) as has_gaps,
        coalesce(
            interval_classes.longest_us > 2.5 * usual_intervals.usual_us
            and interval_classes.shortest_us <= 2.5 * usual_intervals.usual_us,
            false
        ) as has_gaps_in_part
    from interval_classes
    inner join spans on interval_classes.channel_key = spans.channel_key
    left join usual_intervals on interval_classes.channel_key = usual_intervals.channel_key
),

-- of the samples of a gauge without duplicates all but the first and the last are inside of the whole trace
whole_gauges as (
    select
        classes.channel_key,
        'whole_trace' as window_name,
        min(classes.begin_us) as begin_us,
        min(classes.finish_us) as finish_us,
        cast(sum(classes.usable_samples) - 2 as bigint) as samples_inside,
        cast(sum(classes.energy_pj) as double) / 1e12 as energy_j,
        cast(sum(case when classes.has_gaps then classes.energy_pj end) as double) / 1e12 as energy_in_gaps_j,
        cast(sum(classes.total_us) as double) / 1e6 as reached_s,
        cast(null as double) as reset_s,
        cast(sum(case when classes.has_gaps then classes.total_us end) as double) / 1e6 as gaps_s,
        cast(coalesce(sum(case when classes.has_gaps then classes.intervals end), 0) as bigint) as gaps,
        max(classes.longest_us) / 1e6 as max_gap_s,
        max(classes.usual_us) / 1e6 as sampling_interval_s,
        min(classes.lowest_w) as min_power_w,
        max(classes.highest_w) as max_power_w,
        cast(0 as bigint) as wraps_repaired,
        cast(0 as bigint) as resets,
        cast(0 as bigint) as duplicate_timestamps,
        cast(sum(classes.repeats) as bigint) as repeated_values,
        cast(sum(classes.positive_before) as bigint) - count(case when classes.first_sample_w > 0 then 1 end)
            as positive_samples,
        cast(
            sum(classes.positive_before_pw)
            - coalesce(
                max(
                    case when classes.first_sample_w > 0 then {{ whole_number('classes.first_sample_w * 1e12') }} end
                ),
                0
            )
            as double
        ) / 1e12 as positive_sum_w
    from classes
    inner join channels on classes.channel_key = channels.channel_key
    where
        channels.quantity_kind = 'gauge'
        and channels.is_in_order
        and classes.classes_of_duplicates = 0
        and classes.classes_of_intervals > 0
    group by classes.channel_key
    having count(case when classes.has_gaps_in_part then 1 end) = 0
),

windows as (
    select
        spans.channel_key,
        'whole_trace' as window_name,
        spans.begin_us,
        spans.finish_us
    from spans
    left join whole_gauges on spans.channel_key = whole_gauges.channel_key
    where whole_gauges.channel_key is null
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

to_integrate as (
    select
        windows.*,
        channels.quantity_kind = 'gauge' as is_gauge,
        channels.quantity_kind = 'counter' as is_counter,
        channels.quantity_kind = 'interval_mean' as is_interval_mean,
        channels.quantity_kind in ('delta', 'interval_mean') as may_state_intervals,
        {{ may_hide_a_gap('channels.quantity_kind', 'null') }} as may_have_gaps,
        channels.counter_modulus_j,
        channels.to_watt_or_joule,
        channels.sample_rate_hz,
        channels.is_in_order,
        usual_intervals.usual_us
    from windows
    inner join channels on windows.channel_key = channels.channel_key
    left join usual_intervals on windows.channel_key = usual_intervals.channel_key
),

windows_in_order as (
    select * from to_integrate
    where is_in_order
),

windows_out_of_order as (
    select * from to_integrate
    where not is_in_order
),

channels_out_of_order as (
    select * from channels
    where not is_in_order
),

stored as {{ not_materialized() }} (
    {{ samples_as_stored('samples') }}
),

in_order as {{ not_materialized() }} (
    select
        windows_in_order.*,
        stored.interval_s,
        stored.value,
        {{ time_or_position('stored.time_us', 'stored.row_number', 'windows_in_order') }} as end_us,
        case
            when stored.channel_key_before = stored.channel_key
                then {{ time_or_position('stored.time_us_before', 'stored.row_number_before', 'windows_in_order') }}
        end as before_us,
        case when stored.channel_key_before = stored.channel_key then stored.value_before end as value_before
    from stored
    inner join windows_in_order
        on
            stored.channel_key = windows_in_order.channel_key
            and {{ time_or_position('stored.time_us', 'stored.row_number', 'windows_in_order') }}
            >= windows_in_order.begin_us
),

out_of_order as (
    select
        samples.channel_key,
        samples.row_number,
        samples.interval_s,
        samples.value,
        {{ time_or_position(
            'coalesce(samples.at_us, samples.stated_us)', 'samples.row_number', 'channels_out_of_order'
        ) }} as end_us
    from samples
    inner join channels_out_of_order on samples.channel_key = channels_out_of_order.channel_key
    where samples.fault is null and samples.value is not null
),

put_in_order as (
    select
        *,
        lag(end_us) over (partition by channel_key order by end_us, row_number) as before_us,
        lag(value) over (partition by channel_key order by end_us, row_number) as value_before
    from out_of_order
    where end_us is not null
),

neighbours as {{ not_materialized() }} (
    select * from in_order
    union all
    select
        windows_out_of_order.*,
        put_in_order.interval_s,
        put_in_order.value,
        put_in_order.end_us,
        put_in_order.before_us,
        put_in_order.value_before
    from put_in_order
    inner join windows_out_of_order
        on
            put_in_order.channel_key = windows_out_of_order.channel_key
            and put_in_order.end_us >= windows_out_of_order.begin_us
),

-- between two samples power is a straight line for a gauge, and even for what was counted over the interval
segments as {{ not_materialized() }} (
    select
        channel_key,
        window_name,
        begin_us,
        finish_us,
        is_gauge,
        is_counter,
        is_interval_mean,
        may_state_intervals,
        -- a gauge and a counter state none
        may_have_gaps and (not is_interval_mean or interval_s is null) as may_be_gap,
        counter_modulus_j,
        usual_us,
        end_us,
        before_us,
        value * to_watt_or_joule as value,
        coalesce(value_before, value) * to_watt_or_joule as value_before,
        case
            -- the first sample of a gauge is a point in time
            when is_gauge then coalesce(before_us, end_us)
            when may_state_intervals and interval_s is not null
                then end_us - cast(round(interval_s * 1e6) as bigint)
            else before_us
        end as start_us
    from neighbours
),

in_windows as {{ not_materialized() }} (
    select
        *,
        (end_us - start_us) / 1e6 as duration_s,
        end_us > begin_us and end_us < finish_us as is_inside,
        greatest(start_us, begin_us) as left_us,
        least(end_us, finish_us) as right_us,
        case
            when not is_counter then null
            when value >= value_before then value - value_before
            -- a counter that fell by more than half of where it wraps has wrapped; any other was reset
            when value_before - value > counter_modulus_j / 2
                then value - value_before + counter_modulus_j
        end as counted_j,
        coalesce(is_counter and value < value_before, false) as has_fallen,
        may_be_gap and coalesce(end_us - start_us > 2.5 * usual_us, false) as is_long
    from segments
    where start_us <= finish_us
),

powers as {{ not_materialized() }} (
    select
        *,
        has_fallen and counted_j is null as is_reset,
        is_long and not (has_fallen and counted_j is null) as is_gap,
        case
            when is_gauge then value_before
            when is_interval_mean then value
            when is_counter then counted_j / nullif((end_us - start_us) / 1e6, 0)
            when may_state_intervals then value / nullif((end_us - start_us) / 1e6, 0)
        end as start_w,
        case
            when is_gauge then value
            when is_interval_mean then value
            when is_counter then counted_j / nullif((end_us - start_us) / 1e6, 0)
            when may_state_intervals then value / nullif((end_us - start_us) / 1e6, 0)
        end as end_w
    from in_windows
),

-- the part of a segment inside the window; a gauge is interpolated at the window's edges
with_energy as {{ not_materialized() }} (
    select
        *,
        coalesce(
            (right_us - left_us) / 1e6
            * (
                start_w
                + (end_w - start_w) * ((left_us + right_us) / 2.0 - start_us) / nullif(end_us - start_us, 0)
            ),
            0
        ) as energy_j
    from powers
),

-- sums of whole picojoules and microseconds do not depend on the order of the rows
integrated as (
    select
        channel_key,
        window_name,
        min(begin_us) as begin_us,
        min(finish_us) as finish_us,
        count(case when is_inside then 1 end) as samples_inside,
        cast(sum({{ whole_number('energy_j * 1e12') }}) as double) / 1e12 as energy_j,
        cast(sum(case when is_gap then {{ whole_number('energy_j * 1e12') }} end) as double) / 1e12 as energy_in_gaps_j,
        cast(sum(case when not is_reset then right_us - left_us end) as double) / 1e6 as reached_s,
        cast(sum(case when is_reset then right_us - left_us end) as double) / 1e6 as reset_s,
        cast(sum(case when is_gap then right_us - left_us end) as double) / 1e6 as gaps_s,
        count(case when is_gap then 1 end) as gaps,
        max((right_us - left_us) / 1e6) as max_gap_s,
        max(usual_us) / 1e6 as sampling_interval_s,
        least(min(case when duration_s > 0 then start_w end), min(case when duration_s > 0 then end_w end))
            as min_power_w,
        greatest(max(case when duration_s > 0 then start_w end), max(case when duration_s > 0 then end_w end))
            as max_power_w,
        count(case when has_fallen and counted_j is not null then 1 end) as wraps_repaired,
        count(case when is_reset then 1 end) as resets,
        count(case when before_us = end_us then 1 end) as duplicate_timestamps,
        count(case when (is_gauge or is_interval_mean) and end_us > before_us and value = value_before then 1 end)
            as repeated_values,
        count(case when is_gauge and is_inside and value > 0 then 1 end) as positive_samples,
        cast(
            sum(
                case
                    when is_gauge and is_inside and value > 0 then {{ whole_number('value * 1e12') }}
                end
            ) as double
        ) / 1e12 as positive_sum_w
    from with_energy
    group by channel_key, window_name
),

summed as (
    select * from whole_gauges
    union all
    select * from integrated
),

final as (
    select
        summed.*,
        summed.positive_sum_w / nullif(summed.positive_samples, 0) as mean_of_positive_w,
        channels.samples,
        channels.sentinels,
        channels.negatives,
        channels.unreadable_values,
        channels.steps_back,
        channels.samples_file,
        '{{ model_checksum(['int_power__count_intervals']) }}'
            as model_checksum
    from summed
    inner join channels on summed.channel_key = channels.channel_key
)

select * from final
