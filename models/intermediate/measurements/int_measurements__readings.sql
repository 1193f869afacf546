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

other_meters as (
    select * from whole_nodes
    where boundary is distinct from 'node_ac' or not coalesce(is_measured, false) or quantity_kind = 'run_total'
),

-- both spans agree within 1 % of the run, or 2 s; of two wall meters of one run nobody says which is meant
side_by_side as (
    select
        concat(other_meters.measurement_id, '|', wall_meters.measurement_id) as reading_id,
        other_meters.source_id as comparison_id,
        coalesce(other_meters.instrument, other_meters.channel) as tool,
        wall_meters.window_name as benchmark,
        case
            when
                other_meters.quantity_kind != 'run_total'
                and other_meters.component = 'node'
                and coalesce(other_meters.boundary, 'node_dc') = 'node_dc'
                then 'board meter'
            else 'software meter'
        end as tool_kind,
        coalesce(wall_meters.instrument, wall_meters.channel) as reference_instrument,
        other_meters.energy_kwh as tool_energy,
        wall_meters.energy_kwh as reference_energy,
        'kWh' as energy_unit,
        other_meters.source_id,
        other_meters.file_name as locator,
        cast(null as string) as note,
        other_meters.licence_set as licence_id,
        'traces' as reading_from
    from other_meters
    inner join wall_meters
        on
            other_meters.source_id = wall_meters.source_id
            and other_meters.run_id = wall_meters.run_id
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
