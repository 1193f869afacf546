with

run_totals as (
    select * from {{ ref('stg_power__run_totals') }}
),

counter_wraps as (
    select * from {{ ref('counter_wraps') }}
),

sets as (
    select * from {{ source('raw', 'power__tables') }}
),

-- a measured energy below zero is a counter that wrapped once: one span of the counter is put back
repaired as (
    select
        run_totals.*,
        counter_wraps.counter_modulus_j / 3.6e6 as modulus_kwh,
        coalesce(
            run_totals.cpu_energy_kwh < 0
            and run_totals.cpu_energy_kwh + counter_wraps.counter_modulus_j / 3.6e6 >= 0,
            false
        ) as has_wrapped
    from run_totals
    left join counter_wraps
        on
            run_totals.instrument like counter_wraps.instrument_pattern
            and counter_wraps.component = 'cpu'
),

components as (
    {% for component in ['cpu', 'gpu', 'ram'] %}
    select
        *,
        '{{ component }}' as component,
        {{ component }}_energy_kwh as energy_as_stated_kwh,
        {{ component }}_is_measured as is_measured,
        {{ "has_wrapped" if component == 'cpu' else "false" }} as is_repaired
    from repaired
    union all
    {% endfor %}
    select
        *,
        'total' as component,
        energy_kwh as energy_as_stated_kwh,
        -- a sum is measured where all that is in it is
        coalesce(cpu_energy_kwh = 0 or cpu_energy_kwh is null or cpu_is_measured, false)
        and coalesce(gpu_energy_kwh = 0 or gpu_energy_kwh is null or gpu_is_measured, false)
        and coalesce(ram_energy_kwh = 0 or ram_energy_kwh is null or ram_is_measured, false) as is_measured,
        has_wrapped as is_repaired
    from repaired
),

final as (
    select
        concat(components.source_id, ':', cast(components.row_number as string), ':', components.component)
            as measurement_id,
        components.run_id,
        components.task,
        components.project,
        components.component,
        components.boundary,
        case
            when components.boundary is null then null
            when components.boundary = sets.boundary_said then 'user'
            else 'file'
        end as boundary_said_by,
        components.is_measured,
        components.instrument,
        components.energy_as_stated_kwh,
        components.energy_as_stated_kwh + case when components.is_repaired then components.modulus_kwh else 0 end
            as energy_kwh,
        case when components.is_repaired then 1 else 0 end as wraps_repaired,
        components.duration_s,
        components.clock,
        case
            when components.at_us is null then null
            when components.clock = 'local' then 'local time, in the zone that the user says'
            else 'the file states it'
        end as clock_reason,
        components.at_us - cast(round(components.duration_s * 1e6) as bigint) as begin_us,
        components.at_us as end_us,
        components.facts,
        components.file_name,
        components.licence_id,
        components.source_id,
        components.release_id
    from components
    inner join sets on components.source_id = sets.source_id
    where components.energy_as_stated_kwh is not null
)

select * from final
