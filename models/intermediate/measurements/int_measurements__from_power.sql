-- Two series of a run with one name in one window are no statistic: nobody could say which of them is meant.
with

measured as (
    select * from {{ ref('int_power__measure') }}
),

per_work as (
    select * from {{ ref('int_power__divide_by_work') }}
),

of_channels as (
    select
        concat(source_id, ':', run_id, ':', coalesce(device_id, ''), ':', channel, ':', window_name, ':energy')
            as statistic_id,
        'energy' as quantity,
        energy_kwh as value,
        'kWh' as unit,
        energy_low_kwh as value_low,
        energy_high_kwh as value_high,
        1 as sample_count,
        source_id,
        boundary,
        licence_set as licence_id,
        concat(
            'Measured energy of run ', run_id, ': ', channel, ', ', window_name,
            case when boundary is null then '' else concat(', boundary ', boundary) end,
            case when is_measured is false then ', estimated by a model' else '' end,
            case when identical_series > 0 then ', series identical to another to the last digit' else '' end
        ) as description
    from measured
),

-- one channel over the devices of a run; what is part of another channel would count twice
summed as (
    select
        source_id,
        run_id,
        channel,
        window_name,
        boundary,
        licence_set,
        count(*) as devices,
        count(case when identical_series > 0 then 1 end) as identical_devices,
        {{ ordered_sum('energy_kwh') }} as energy_kwh,
        {{ ordered_sum('energy_low_kwh') }} as energy_low_kwh,
        {{ ordered_sum('energy_high_kwh') }} as energy_high_kwh
    from measured
    where is_part_of_channel is null
    group by source_id, run_id, channel, window_name, boundary, licence_set
    having
        count(*) > 1
        and count(distinct concat(file_name, '|', device_id)) = count(*)
        and count(energy_kwh) = count(*)
),

of_devices as (
    select
        concat(source_id, ':', run_id, ':all_devices:', channel, ':', window_name, ':energy') as statistic_id,
        'energy' as quantity,
        energy_kwh as value,
        'kWh' as unit,
        energy_low_kwh as value_low,
        energy_high_kwh as value_high,
        cast(devices as integer) as sample_count,
        source_id,
        boundary,
        licence_set as licence_id,
        concat(
            concat('Measured energy of run ', run_id, ': ', channel, ' of ', cast(devices as string), ' devices, '),
            window_name,
            case when boundary is null then '' else concat(', boundary ', boundary) end,
            case
                when identical_devices > 0
                    then concat(
                        '; ', cast(identical_devices as string),
                        ' of the series are identical to another to the last digit'
                    )
                else ''
            end
        ) as description
    from summed
),

of_work as (
    select
        concat(
            concat(source_id, ':', run_id, ':', coalesce(device_id, ''), ':', channel, ':', window_name),
            ':energy_per_',
            work_unit
        ) as statistic_id,
        'energy_per_work' as quantity,
        energy_per_work_j / 3.6e6 as value,
        {{ energy_per_work_unit('work_unit') }} as unit,
        energy_per_work_low_j / 3.6e6 as value_low,
        energy_per_work_high_j / 3.6e6 as value_high,
        devices as sample_count,
        source_id,
        boundary,
        licence_set as licence_id,
        concat(
            concat('Measured energy per ', replace(work_unit, '_', ' '), ' of run ', run_id, ': ', channel),
            case when devices = 1 then '' else concat(' of ', cast(devices as string), ' devices') end,
            concat(', ', window_name, '; ', derivation)
        ) as description
    from per_work
),

found as (
    select * from of_channels
    union all
    select * from of_devices
    union all
    select * from of_work
),

final as (
    select * from found
    where value is not null and unit is not null
    qualify count(*) over (partition by statistic_id) = 1
)

select * from final
