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

-- a tool that reads other kinds of chips in another run is another tool there: its line against a wall meter is another
read_kinds as (
    select
        source_id,
        file_name,
        run_id,
        window_name,
        {{ distinct_list('component') }} as kinds
    from measured
    where is_part_of_channel is not null and energy_kwh != 0
    group by source_id, file_name, run_id, window_name
),

wall_meters as (
    select
        *,
        regexp_replace(file_name, '[^/]*$', '') as folder
    from whole_nodes
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

-- a sum of chips is no meter of the board
other_meters as (
    select
        whole_nodes.measurement_id,
        whole_nodes.source_id,
        whole_nodes.file_name,
        whole_nodes.run_id,
        whole_nodes.window_name,
        whole_nodes.device_id,
        concat(
            coalesce(whole_nodes.instrument, whole_nodes.channel),
            case when read_kinds.kinds is null then '' else concat(' of ', read_kinds.kinds) end
        ) as tool,
        case
            when
                whole_nodes.quantity_kind != 'run_total'
                and whole_nodes.component = 'node'
                and coalesce(whole_nodes.boundary, 'node_dc') = 'node_dc'
                and read_kinds.kinds is null
                then 'board meter'
            else 'software meter'
        end as tool_kind,
        whole_nodes.quantity_kind = 'run_total' as is_run_total,
        whole_nodes.energy_kwh / coalesce(whole_nodes.pue, 1) as energy_kwh,
        whole_nodes.pue,
        whole_nodes.begin_us,
        whole_nodes.end_us,
        whole_nodes.duration_s,
        whole_nodes.licence_set
    from whole_nodes
    left join read_kinds
        on
            whole_nodes.source_id = read_kinds.source_id
            and whole_nodes.file_name = read_kinds.file_name
            and whole_nodes.run_id = read_kinds.run_id
            and whole_nodes.window_name = read_kinds.window_name
    where
        whole_nodes.boundary is distinct from 'node_ac'
        or not coalesce(whole_nodes.is_measured, false)
        or whole_nodes.quantity_kind = 'run_total'
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
        false as is_run_total,
        energy_kwh,
        cast(null as double) as pue,
        begin_us,
        end_us,
        duration_s,
        licence_set
    from summed_parts
),

-- both spans agree within 1 % of the run, or 2 s
at_one_time as (
    select
        concat(other_meters.measurement_id, '|', wall_meters.measurement_id) as reading_id,
        other_meters.measurement_id as tool_measurement_id,
        wall_meters.measurement_id as wall_measurement_id,
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
        -- a wall meter of a node holds no overhead of the building
        case
            when other_meters.pue != 1
                then concat('Without the PUE of ', cast(other_meters.pue as string), ' that the tool multiplies by')
        end as note,
        other_meters.licence_set as licence_id,
        'traces' as reading_from,
        -- one run, or one window that is declared for the files of two meters
        case
            when
                other_meters.run_id = wall_meters.run_id
                or (
                    other_meters.window_name = wall_meters.window_name
                    and wall_meters.window_name not in ('whole_trace', 'run')
                )
                then 'name'
            -- the total of a run beside a window of a wall meter whose log holds its folder
            when
                other_meters.is_run_total
                and wall_meters.window_name != 'whole_trace'
                and substr(other_meters.file_name, 1, length(wall_meters.folder)) = wall_meters.folder
                then 'time'
        end as matched_by
    from other_meters
    inner join wall_meters
        on
            other_meters.source_id = wall_meters.source_id
            and coalesce(other_meters.device_id, wall_meters.device_id, '')
            = coalesce(wall_meters.device_id, other_meters.device_id, '')
            and abs(other_meters.begin_us - wall_meters.begin_us) <= greatest(2e6, 1e4 * wall_meters.duration_s)
            and abs(other_meters.end_us - wall_meters.end_us) <= greatest(2e6, 1e4 * wall_meters.duration_s)
),

-- of two wall meters of one run, and of two totals in one window, nobody says which is meant; a name comes first
side_by_side as (
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
        tool_mean_power_w,
        reference_mean_power_w,
        source_id,
        locator,
        note,
        licence_id,
        reading_from
    from at_one_time
    where matched_by is not null
    qualify
        count(*) over (partition by tool_measurement_id, matched_by) = 1
        and (
            matched_by = 'name'
            or (
                min(matched_by) over (partition by tool_measurement_id) = 'time'
                and count(*) over (partition by wall_measurement_id, tool, matched_by) = 1
            )
        )
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
