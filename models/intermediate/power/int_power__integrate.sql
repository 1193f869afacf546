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
    select
        all_channels.*,
        all_channels.quantity_kind = 'gauge' as is_gauge,
        all_channels.quantity_kind = 'counter' as is_counter,
        all_channels.quantity_kind = 'delta' as is_delta
    from all_channels
    left join integrated_before on all_channels.samples_file = integrated_before.samples_file
    where integrated_before.samples_file is null
),

-- samples are stored by channel and row: the one before stands beside, and a long trace is never in memory as a whole.
-- Each block of rows is read by a thread of its own; its first sample finds the one before in channel_blocks.
-- The time is that of UTC where it is known, else the stated one, else, once the channel is joined, the position
stored as {{ not_materialized() }} (
    {% for block in trace_blocks() %}
    select
        {{ loop.index }} as block_number,
        channel_key,
        row_number,
        fault,
        case when fault is null then value end as value,
        coalesce(at_us, stated_us) as time_us,
        lag(channel_key) over {{ as_stored() }} as channel_key_before,
        lag(row_number) over {{ as_stored() }} as row_number_before,
        lag(coalesce(at_us, stated_us)) over {{ as_stored() }} as time_us_before
    from samples
    where {{ block }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

on_one_clock as {{ not_materialized() }} (
    select
        stored.block_number,
        stored.channel_key,
        stored.row_number,
        stored.fault,
        stored.value,
        {{ time_or_position('stored.time_us', 'stored.row_number') }} as end_us,
        stored.channel_key_before = stored.channel_key
        and stored.row_number_before < stored.row_number
        and {{ time_or_position('stored.time_us_before', 'stored.row_number_before') }}
        <= {{ time_or_position('stored.time_us', 'stored.row_number') }} as is_after_one_before
    from stored
    inner join channels on stored.channel_key = channels.channel_key
),

blocks as (
    select
        channel_key,
        block_number,
        count(*) as samples,
        count(case when is_after_one_before then 1 end) as samples_after_one_before,
        min(end_us) as first_us,
        max(end_us) as last_us,
        max(case when value is not null then end_us end) as last_usable_us,
        max_by(value, case when value is not null then row_number end) as last_value
    from on_one_clock
    group by channel_key, block_number
),

faults as (
    select
        channel_key,
        count(case when fault = 'sentinel' then 1 end) as sentinels,
        count(case when fault = 'negative' then 1 end) as negatives,
        count(case when fault not in ('sentinel', 'negative') then 1 end) as unreadable_values
    from samples
    where fault is not null
    group by channel_key
),

-- a block without a usable sample hands on what it was given
blocks_with_before as (
    select
        *,
        max(last_us) over before_it as last_us_before,
        max(last_usable_us) over before_it as usable_us_before,
        max_by(last_value, case when last_usable_us is not null then block_number end) over before_it as value_before
    from blocks
    window before_it as (
        partition by channel_key order by block_number rows between unbounded preceding and 1 preceding
    )
),

in_file_order as (
    select
        blocks_with_before.channel_key,
        sum(blocks_with_before.samples) as samples,
        -- all but the first come after one before
        sum(blocks_with_before.samples_after_one_before)
        + count(case when blocks_with_before.last_us_before <= blocks_with_before.first_us then 1 end)
        = sum(blocks_with_before.samples) - 1 as is_in_order
    from blocks_with_before
    group by blocks_with_before.channel_key
),

channels_in_order as (
    select
        channels.*,
        in_file_order.is_in_order
    from channels
    inner join in_file_order on channels.channel_key = in_file_order.channel_key
),

channel_blocks as (
    select
        channels_in_order.*,
        blocks_with_before.block_number,
        blocks_with_before.usable_us_before,
        blocks_with_before.value_before * channels_in_order.to_watt_or_joule as value_before
    from channels_in_order
    inner join blocks_with_before on channels_in_order.channel_key = blocks_with_before.channel_key
    where channels_in_order.is_in_order
),

-- power in W, energy in J
out_of_order as (
    select
        samples.channel_key,
        samples.row_number,
        samples.interval_s,
        channels_in_order.is_gauge,
        channels_in_order.is_counter,
        channels_in_order.is_delta,
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

{% for block in trace_blocks() %}
stored_without_faults_{{ loop.index }} as {{ not_materialized() }} (
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
    where {{ block }} and fault is null and value is not null
),

{% endfor %}
usable as {{ not_materialized() }} (
    {% for block in trace_blocks() %}
    select
        stored.channel_key,
        stored.interval_s,
        channel_blocks.is_gauge,
        channel_blocks.is_counter,
        channel_blocks.is_delta,
        channel_blocks.counter_modulus_j,
        stored.value * channel_blocks.to_watt_or_joule as value,
        {{ time_or_position('stored.time_us', 'stored.row_number', 'channel_blocks') }} as end_us,
        case
            when stored.channel_key_before = stored.channel_key
                then {{ time_or_position('stored.time_us_before', 'stored.row_number_before', 'channel_blocks') }}
            else channel_blocks.usable_us_before
        end as before_us,
        case
            when stored.channel_key_before = stored.channel_key
                then stored.value_before * channel_blocks.to_watt_or_joule
            else channel_blocks.value_before
        end as value_before
    from stored_without_faults_{{ loop.index }} as stored
    inner join channel_blocks
        on
            stored.channel_key = channel_blocks.channel_key
            and channel_blocks.block_number = {{ loop.index }}
    union all
    {% endfor %}
    select
        channel_key,
        interval_s,
        is_gauge,
        is_counter,
        is_delta,
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
        is_gauge,
        is_counter,
        is_delta,
        case
            -- the first sample of a gauge is a point in time
            when is_gauge then coalesce(before_us, end_us)
            when is_counter or interval_s is null then before_us
            else end_us - cast(round(interval_s * 1e6) as bigint)
        end as start_us,
        value,
        coalesce(value_before, value) as value_before,
        case
            when not is_counter then null
            when value >= value_before then value - value_before
            -- a counter that fell by more than half of where it wraps has wrapped; any other was reset
            when value_before - value > counter_modulus_j / 2
                then value - value_before + counter_modulus_j
        end as counted_j,
        coalesce(is_counter and value < value_before, false) as has_fallen
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

powers as {{ not_materialized() }} (
    select
        *,
        case
            when is_gauge then value_before
            when is_delta then value / nullif((end_us - start_us) / 1e6, 0)
            when is_counter then counted_j / nullif((end_us - start_us) / 1e6, 0)
            else value
        end as start_w,
        case
            when is_gauge then value
            when is_delta then value / nullif((end_us - start_us) / 1e6, 0)
            when is_counter then counted_j / nullif((end_us - start_us) / 1e6, 0)
            else value
        end as end_w
    from segments
    where start_us is not null
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

numbered_windows as (
    select
        windows.*,
        usual_intervals.usual_us,
        row_number() over (order by windows.channel_key, windows.window_name) as window_number
    from windows
    left join usual_intervals on windows.channel_key = usual_intervals.channel_key
),

-- the part of a segment inside the window; a gauge is interpolated at the window's edges
clipped as {{ not_materialized() }} (
    select
        powers.*,
        numbered_windows.window_number,
        powers.end_us - powers.start_us as duration_us,
        powers.start_us > numbered_windows.begin_us as starts_inside,
        powers.end_us > numbered_windows.begin_us and powers.end_us < numbered_windows.finish_us as is_inside,
        (powers.is_gauge or powers.is_counter)
        and coalesce(powers.end_us - powers.start_us > 2.5 * numbered_windows.usual_us, false) as is_gap,
        greatest(powers.start_us, numbered_windows.begin_us) as left_us,
        least(powers.end_us, numbered_windows.finish_us) as right_us
    from powers
    inner join numbered_windows
        on
            powers.channel_key = numbered_windows.channel_key
            and powers.end_us >= numbered_windows.begin_us
            and powers.start_us <= numbered_windows.finish_us
),

with_energy as {{ not_materialized() }} (
    select
        *,
        duration_us > 0 as lasts,
        coalesce(is_gauge and is_inside and value > 0, false) as is_positive,
        right_us - left_us as inside_us,
        coalesce(
            (right_us - left_us) / 1e6
            * (start_w + (end_w - start_w) * ((left_us + right_us) / 2.0 - start_us) / nullif(duration_us, 0)),
            0
        ) as energy_j
    from clipped
),

-- sums of whole picojoules and microseconds do not depend on the order of the rows. What is added apart is grouped: a
-- condition in each sum costs more
summed_apart as (
    select
        window_number,
        is_gap,
        is_positive,
        lasts,
        count(*) as segments,
        sum(cast(is_inside as integer)) as samples_inside,
        {{ exact_sum('energy_j') }} as energy_pj,
        {{ exact_sum('value') }} as value_pj,
        sum(inside_us) as inside_us,
        max(inside_us) as longest_us,
        min(least(start_w, end_w)) as min_power_w,
        max(greatest(start_w, end_w)) as max_power_w,
        count(case when has_fallen and counted_j is not null then 1 end) as wraps_repaired,
        count(case when has_fallen and counted_j is null then 1 end) as resets,
        sum(cast(is_gauge and starts_inside as integer)) as starts_inside,
        sum(cast(is_gauge and value = value_before as integer)) as repeats
    from with_energy
    group by window_number, is_gap, is_positive, lasts
),

summed as (
    select
        window_number,
        sum(samples_inside) as samples_inside,
        cast(sum(energy_pj) as double) / 1e12 as energy_j,
        cast(sum(case when is_gap then energy_pj end) as double) / 1e12 as energy_in_gaps_j,
        cast(sum(inside_us) as double) / 1e6 as reached_s,
        cast(sum(case when is_gap then inside_us end) as double) / 1e6 as gaps_s,
        sum(case when is_gap then segments else 0 end) as gaps,
        max(longest_us) / 1e6 as max_gap_s,
        min(case when lasts then min_power_w end) as min_power_w,
        max(case when lasts then max_power_w end) as max_power_w,
        sum(wraps_repaired) as wraps_repaired,
        sum(resets) as resets,
        sum(case when lasts then 0 else starts_inside end) as duplicate_timestamps,
        sum(case when lasts then repeats else 0 end) as repeated_values,
        sum(case when is_positive then segments else 0 end) as positive_samples,
        cast(sum(case when is_positive then value_pj end) as double) / 1e12 as positive_sum_w
    from summed_apart
    group by window_number
),

final as (
    select
        numbered_windows.channel_key,
        numbered_windows.window_name,
        numbered_windows.begin_us,
        numbered_windows.finish_us,
        cast(summed.samples_inside as bigint) as samples_inside,
        summed.energy_j,
        summed.energy_in_gaps_j,
        summed.reached_s,
        summed.gaps_s,
        cast(summed.gaps as bigint) as gaps,
        summed.max_gap_s,
        numbered_windows.usual_us / 1e6 as sampling_interval_s,
        summed.min_power_w,
        summed.max_power_w,
        cast(summed.wraps_repaired as bigint) as wraps_repaired,
        cast(summed.resets as bigint) as resets,
        cast(summed.duplicate_timestamps as bigint) as duplicate_timestamps,
        cast(summed.repeated_values as bigint) as repeated_values,
        cast(summed.positive_samples as bigint) as positive_samples,
        summed.positive_sum_w,
        summed.positive_sum_w / nullif(summed.positive_samples, 0) as mean_of_positive_w,
        cast(in_file_order.samples as bigint) as samples,
        coalesce(faults.sentinels, 0) as sentinels,
        coalesce(faults.negatives, 0) as negatives,
        coalesce(faults.unreadable_values, 0) as unreadable_values,
        coalesce(steps_back.steps_back, 0) as steps_back,
        channels.samples_file,
        '{{ model_checksum() }}' as model_checksum
    from summed
    inner join numbered_windows on summed.window_number = numbered_windows.window_number
    inner join in_file_order on numbered_windows.channel_key = in_file_order.channel_key
    inner join channels on numbered_windows.channel_key = channels.channel_key
    left join faults on numbered_windows.channel_key = faults.channel_key
    left join steps_back on numbered_windows.channel_key = steps_back.channel_key
)

select * from final
