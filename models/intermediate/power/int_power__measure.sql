with

integrated as (
    select * from {{ ref('int_power__integrate') }}
),

channels as (
    select * from {{ ref('stg_power__channels') }}
),

windows as (
    select * from {{ ref('stg_power__windows') }}
),

run_totals as (
    select * from {{ ref('int_power__split_totals') }}
),

rolled_up as (
    select * from {{ ref('int_power__roll_up') }}
),

-- no length of time holds no energy, and that is not an energy of zero; a channel that nothing came of has a row too
with_reasons as (
    select
        channels.channel_key,
        coalesce(integrated.window_name, 'whole_trace') as window_name,
        case
            when integrated.resets > 0 and integrated.max_power_w is null then 'the counter was reset in every interval'
            when integrated.reached_s > 0 or integrated.energy_j != 0 then null
            when channels.samples = 0 then 'no sample'
            when channels.samples = 1 then 'only one sample'
            when channels.clock = 'none' and channels.sample_rate_hz is null then 'samples have no times and no rate'
            when integrated.channel_key is null then 'no two samples with a number and a time'
            when integrated.window_name = 'whole_trace' then 'all samples with a number have one time'
            else 'no interval between samples reaches into the window'
        end as not_measured_reason
    from channels
    left join integrated on channels.channel_key = integrated.channel_key
),

-- a bucket that is mostly gap would pass a moment for the rest of it
calmest as (
    select
        channel_key,
        cast(sum(spikes) as bigint) as spikes,
        min(case when covered_s >= (finish_us - begin_us) / 2e6 then mean_power_w end) as idle_power_w
    from rolled_up
    group by channel_key
),

-- the same numbers to the last digit under another name: one meter read twice, or a file that was copied
identical as (
    select
        source_id,
        series_hash,
        cast(count(*) - 1 as integer) as identical_series
    from channels
    where samples > 1
    group by source_id, series_hash
),

from_traces as (
    select
        concat(cast(channels.channel_key as string), ':', with_reasons.window_name) as measurement_id,
        coalesce(windows.run_id, channels.run_id) as run_id,
        cast(null as string) as task,
        channels.device_id,
        channels.channel,
        channels.component,
        channels.boundary,
        channels.boundary_said_by,
        with_reasons.window_name,
        channels.quantity_kind,
        channels.is_measured,
        channels.is_part_of_channel,
        channels.instrument,
        case when with_reasons.not_measured_reason is null then integrated.energy_j / 3.6e6 end as energy_kwh,
        with_reasons.not_measured_reason,
        case
            when with_reasons.not_measured_reason is null
                then (
                    integrated.energy_j - coalesce(integrated.energy_in_gaps_j, 0)
                    + coalesce(integrated.gaps_s, 0) * integrated.min_power_w
                ) / 3.6e6
        end as energy_low_kwh,
        case
            when with_reasons.not_measured_reason is null
                then (
                    integrated.energy_j - coalesce(integrated.energy_in_gaps_j, 0)
                    + (coalesce(integrated.gaps_s, 0) + coalesce(integrated.reset_s, 0)) * integrated.max_power_w
                ) / 3.6e6
        end as energy_high_kwh,
        integrated.energy_j / nullif(integrated.reached_s, 0) as mean_power_w,
        integrated.min_power_w,
        integrated.max_power_w,
        calmest.idle_power_w,
        calmest.idle_power_w * integrated.reached_s / 3.6e6 as idle_energy_kwh,
        (integrated.finish_us - integrated.begin_us) / 1e6 as duration_s,
        100 * (integrated.reached_s - coalesce(integrated.gaps_s, 0))
        / nullif((integrated.finish_us - integrated.begin_us) / 1e6, 0) as coverage_pct,
        integrated.max_gap_s,
        integrated.sampling_interval_s,
        cast(channels.samples as bigint) as samples,
        cast(integrated.gaps as bigint) as gaps,
        cast(integrated.wraps_repaired as bigint) as wraps_repaired,
        cast(null as double) as total_less_parts_pct,
        cast(null as double) as pue,
        cast(integrated.resets as bigint) as resets,
        cast(channels.sentinels as bigint) as sentinels,
        cast(channels.negatives as bigint) as negatives,
        cast(channels.unreadable_values as bigint) as unreadable_values,
        cast(integrated.duplicate_timestamps as bigint) as duplicate_timestamps,
        cast(integrated.repeated_values as bigint) as repeated_values,
        cast(channels.steps_back as bigint) as steps_back,
        calmest.spikes,
        coalesce(identical.identical_series, 0) as identical_series,
        integrated.mean_of_positive_w,
        windows.rule,
        windows.stated_value,
        windows.stated_unit,
        windows.stated_in,
        channels.clock,
        channels.clock_reason,
        case when channels.clock_reason is not null then integrated.begin_us end as begin_us,
        case when channels.clock_reason is not null then integrated.finish_us end as end_us,
        channels.facts,
        channels.file_name,
        channels.source_id,
        channels.release_id,
        channels.licence_id as licence_set
    from with_reasons
    inner join channels on with_reasons.channel_key = channels.channel_key
    left join integrated
        on
            with_reasons.channel_key = integrated.channel_key
            and with_reasons.window_name = integrated.window_name
    left join windows
        on
            channels.source_id = windows.source_id
            and channels.file_name = windows.file_name
            and integrated.window_name = windows.window_name
    left join calmest on channels.channel_key = calmest.channel_key
    left join identical
        on
            channels.source_id = identical.source_id
            and channels.series_hash = identical.series_hash
),

from_totals as (
    select
        measurement_id,
        run_id,
        task,
        cast(null as string) as device_id,
        component as channel,
        component,
        boundary,
        boundary_said_by,
        window_name,
        'run_total' as quantity_kind,
        is_measured,
        case when component != 'total' then 'total' end as is_part_of_channel,
        instrument,
        energy_kwh,
        not_measured_reason,
        energy_kwh as energy_low_kwh,
        energy_kwh as energy_high_kwh,
        energy_kwh * 3.6e6 / nullif(duration_s, 0) as mean_power_w,
        cast(null as double) as min_power_w,
        cast(null as double) as max_power_w,
        cast(null as double) as idle_power_w,
        cast(null as double) as idle_energy_kwh,
        duration_s,
        cast(null as double) as coverage_pct,
        cast(null as double) as max_gap_s,
        cast(null as double) as sampling_interval_s,
        cast(null as bigint) as samples,
        cast(null as bigint) as gaps,
        cast(wraps_repaired as bigint) as wraps_repaired,
        total_less_parts_pct,
        pue,
        cast(null as bigint) as resets,
        cast(null as bigint) as sentinels,
        cast(null as bigint) as negatives,
        cast(null as bigint) as unreadable_values,
        cast(null as bigint) as duplicate_timestamps,
        cast(null as bigint) as repeated_values,
        cast(null as bigint) as steps_back,
        cast(null as bigint) as spikes,
        cast(null as integer) as identical_series,
        cast(null as double) as mean_of_positive_w,
        cast(null as string) as rule,
        energy_as_stated_kwh as stated_value,
        'kWh' as stated_unit,
        file_name as stated_in,
        clock,
        clock_reason,
        begin_us,
        end_us,
        facts,
        file_name,
        source_id,
        release_id,
        licence_id as licence_set
    from run_totals
),

final as (
    select * from from_traces
    union all
    select * from from_totals
)

select * from final
