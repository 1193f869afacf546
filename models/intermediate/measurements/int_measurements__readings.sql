-- What a tool and a meter showed for the same run: printed by a source, or measured by two meters in landed traces.
with

printed as (
    select * from {{ ref('meter_readings') }}
),

measured as (
    select * from {{ ref('int_power__measure') }}
),

-- a whole trace says nothing of one run where its windows do
whole_nodes as (
    select * from measured
    where
        is_part_of_channel is null
        and component in ('node', 'total')
        and energy_kwh is not null
        and begin_us is not null
        and coalesce(coverage_pct, 100) >= 95
    qualify
        window_name != 'whole_trace'
        or count(*) over (partition by source_id, file_name, coalesce(device_id, ''), channel) = 1
),

wall_meters as (
    select * from whole_nodes
    where boundary = 'node_ac' and is_measured and quantity_kind != 'run_total'
),

-- chips and cards of a node, where no channel of the run holds them all
parts as (
    select
        *,
        concat(source_id, '|', run_id, '|', window_name) as part_of_run
    from measured
    where
        is_part_of_channel is null
        and boundary in ('chip', 'card')
        and component in ('cpu', 'ram', 'gpu')
        and is_measured
        and quantity_kind != 'run_total'
        and energy_kwh is not null
        and begin_us is not null
        and coalesce(coverage_pct, 100) >= 95
),

-- two instruments of one kind of chip measure it twice: then nobody says which of them is meant
instruments_of_parts as (
    select
        part_of_run,
        component,
        count(distinct concat(file_name, '|', coalesce(instrument, channel))) as instruments
    from parts
    group by part_of_run, component
),

measured_once as (
    select
        part_of_run,
        max(instruments) as instruments
    from instruments_of_parts
    group by part_of_run
),

summed_parts as (
    select
        parts.source_id,
        parts.run_id,
        parts.window_name,
        parts.licence_set,
        concat('sum|', parts.part_of_run) as measurement_id,
        concat(
            coalesce({{ distinct_list('parts.instrument') }}, 'chips'), ', ', cast(count(*) as string),
            ' channels added'
        ) as tool,
        {{ distinct_list('parts.file_name') }} as file_name,
        {{ ordered_sum('parts.energy_kwh') }} as energy_kwh,
        min(parts.begin_us) as begin_us,
        max(parts.end_us) as end_us,
        max(parts.duration_s) as duration_s
    from parts
    inner join measured_once on parts.part_of_run = measured_once.part_of_run
    where measured_once.instruments = 1
    group by parts.source_id, parts.run_id, parts.window_name, parts.licence_set, parts.part_of_run
    having
        count(*) > 1
        and max(parts.begin_us) - min(parts.begin_us) <= 2e6
        and max(parts.end_us) - min(parts.end_us) <= 2e6
),

other_meters as (
    select
        measurement_id,
        source_id,
        file_name,
        run_id,
        window_name,
        device_id,
        coalesce(instrument, channel) as tool,
        case
            when quantity_kind != 'run_total' and component = 'node' and coalesce(boundary, 'node_dc') = 'node_dc'
                then 'board meter'
            else 'software meter'
        end as tool_kind,
        energy_kwh,
        begin_us,
        end_us,
        duration_s,
        licence_set
    from whole_nodes
    where boundary is distinct from 'node_ac' or not coalesce(is_measured, false) or quantity_kind = 'run_total'
    union all
    select
        measurement_id,
        source_id,
        file_name,
        run_id,
        window_name,
        cast(null as string) as device_id,
        tool,
        'software meter' as tool_kind,
        energy_kwh,
        begin_us,
        end_us,
        duration_s,
        licence_set
    from summed_parts
),

-- one run by its name, or one window that is declared for the files of two meters;
-- both spans agree within 1 % of the run, or 2 s; of two wall meters of one run nobody says which is meant
side_by_side as (
    select
        concat(other_meters.measurement_id, '|', wall_meters.measurement_id) as reading_id,
        other_meters.source_id as comparison_id,
        other_meters.tool,
        wall_meters.window_name as benchmark,
        other_meters.tool_kind,
        coalesce(wall_meters.instrument, wall_meters.channel) as reference_instrument,
        other_meters.energy_kwh as tool_energy,
        wall_meters.energy_kwh as reference_energy,
        'kWh' as energy_unit,
        other_meters.energy_kwh * 3.6e6 / nullif(other_meters.duration_s, 0) as tool_mean_power_w,
        wall_meters.energy_kwh * 3.6e6 / nullif(wall_meters.duration_s, 0) as reference_mean_power_w,
        other_meters.source_id,
        other_meters.file_name as locator,
        cast(null as string) as note,
        other_meters.licence_set as licence_id,
        'traces' as reading_from
    from other_meters
    inner join wall_meters
        on
            other_meters.source_id = wall_meters.source_id
            and (
                other_meters.run_id = wall_meters.run_id
                or (
                    other_meters.window_name = wall_meters.window_name
                    and wall_meters.window_name not in ('whole_trace', 'run')
                )
            )
            and coalesce(other_meters.device_id, wall_meters.device_id, '')
            = coalesce(wall_meters.device_id, other_meters.device_id, '')
            and abs(other_meters.begin_us - wall_meters.begin_us) <= greatest(2e6, 1e4 * wall_meters.duration_s)
            and abs(other_meters.end_us - wall_meters.end_us) <= greatest(2e6, 1e4 * wall_meters.duration_s)
    qualify count(*) over (partition by other_meters.measurement_id) = 1
),

final as (
    select
        reading_id,
        comparison_id,
        tool,
        benchmark,
        tool_kind,
        reference_instrument,
        tool_energy,
        reference_energy,
        energy_unit,
        cast(null as double) as tool_mean_power_w,
        cast(null as double) as reference_mean_power_w,
        source_id,
        locator,
        note,
        cast(null as string) as licence_id,
        'print' as reading_from
    from printed
    union all
    select * from side_by_side
)

select * from final
