-- A device of one file is not that of the same name in another file; of a total alone nobody says what it is of.
with

measured_energy as (
    select * from {{ ref('measured_energy') }}
),

series as (
    select
        *,
        concat(file_name, '|', coalesce(device_id, '')) as device_of_file,
        case when quantity_kind = 'run_total' then measurement_id end as of_total
    from measured_energy
),

added as (
    select
        min(measurement_id) as measurement_id,
        run_id,
        window_name,
        component,
        boundary,
        instrument,
        is_measured,
        count(*) as all_series,
        count(energy_kwh) as measured_series,
        cast(count(distinct device_of_file) as integer) as devices,
        {{ ordered_sum('energy_kwh') }} as energy_kwh,
        {{ ordered_sum('energy_low_kwh') }} as energy_low_kwh,
        {{ ordered_sum('energy_high_kwh') }} as energy_high_kwh,
        {{ ordered_sum('mean_power_w') }} as mean_power_w,
        {{ ordered_sum('idle_power_w') }} as idle_power_w,
        count(idle_power_w) as idle_series,
        max(duration_s) as duration_s,
        min(coverage_pct) as coverage_pct,
        channel,
        is_part_of_channel,
        min(not_measured_reason) as not_measured_reason,
        source_id,
        licence_set
    from series
    group by
        of_total, run_id, window_name, component, boundary, instrument, is_measured, channel, is_part_of_channel,
        source_id, licence_set
),

final as (
    select
        measurement_id,
        run_id,
        window_name,
        component,
        boundary,
        instrument,
        is_measured,
        devices,
        case when measured_series = all_series and devices = all_series then energy_kwh end as energy_kwh,
        case when measured_series = all_series and devices = all_series then energy_low_kwh end as energy_low_kwh,
        case when measured_series = all_series and devices = all_series then energy_high_kwh end as energy_high_kwh,
        case when measured_series = all_series and devices = all_series then mean_power_w end as mean_power_w,
        case when idle_series = all_series and devices = all_series then idle_power_w end as idle_power_w,
        duration_s,
        coverage_pct,
        channel,
        is_part_of_channel,
        case
            when devices < all_series then 'a device has more than one such series'
            when all_series = 1 or measured_series = 0 then not_measured_reason
            when measured_series < all_series
                then
                    concat(
                        cast(all_series - measured_series as string), ' of ', cast(all_series as string), ' series: ',
                        not_measured_reason
                    )
        end as not_measured_reason,
        source_id,
        licence_set
    from added
)

select * from final
