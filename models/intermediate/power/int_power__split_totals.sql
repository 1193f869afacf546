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

described as (
    select
        *,
        coalesce(regexp_extract(facts, '"cpu_model": "([^"]*)"', 1), '') as processor,
        coalesce(regexp_extract(facts, '"run_id": "([^"]*)"', 1), '') as run_id_in_file,
        ended_us - cast(round(duration_s * 1e6) as bigint) as began_us,
        coalesce(cpu_energy_kwh, 0) + coalesce(gpu_energy_kwh, 0) + coalesce(ram_energy_kwh, 0) as parts_kwh
    from run_totals
),

-- CodeCarbon writes a run again at each flush, from its begin on; ends are told to the second
by_begin as (
    select
        *,
        case when began_us - lag(began_us) over in_time <= 2000000 then 0 else 1 end as is_another_begin
    from described
    window in_time as (
        partition by source_id, file_name, run_id_in_file, coalesce(task, '') order by began_us, row_number
    )
),

numbered_begins as (
    select
        *,
        sum(is_another_begin) over (
            partition by source_id, file_name, run_id_in_file, coalesce(task, '') order by began_us, row_number
        ) as begin_number
    from by_begin
),

with_flushes as (
    select
        *,
        run_id_in_file != ''
        and began_us is not null
        and row_number() over (
            partition by source_id, file_name, run_id_in_file, coalesce(task, ''), begin_number
            order by duration_s desc, row_number desc
        ) > 1 as is_written_again
    from numbered_begins
),

-- a measured energy below zero is a counter that wrapped once, where one span of it gives a power that processors draw
repaired as (
    select
        with_flushes.*,
        counter_wraps.counter_modulus_j / 3.6e6 as modulus_kwh,
        coalesce(
            with_flushes.cpu_energy_kwh < 0
            and with_flushes.cpu_energy_kwh + counter_wraps.counter_modulus_j / 3.6e6 >= 0
            and (with_flushes.cpu_energy_kwh * 3.6e6 + counter_wraps.counter_modulus_j) / with_flushes.duration_s
            <= counter_wraps.most_power_w,
            false
        ) as has_wrapped
    from with_flushes
    left join counter_wraps
        on
            with_flushes.instrument like counter_wraps.instrument_pattern
            and (with_flushes.processor = '' or with_flushes.processor like counter_wraps.processor_pattern)
            and counter_wraps.component = 'cpu'
),

-- a file may say that a part is modelled and not how much it is
with_faults as (
    select
        *,
        coalesce(cpu_energy_kwh < 0 and not has_wrapped, false) as is_cpu_negative,
        coalesce(gpu_energy_kwh < 0, false) as is_gpu_negative,
        coalesce(ram_energy_kwh < 0, false) as is_ram_negative,
        coalesce(cpu_energy_kwh = 0 or cpu_is_measured, cpu_energy_kwh is null and cpu_is_measured is null)
            as is_cpu_measured,
        coalesce(gpu_energy_kwh = 0 or gpu_is_measured, gpu_energy_kwh is null and gpu_is_measured is null)
            as is_gpu_measured,
        coalesce(ram_energy_kwh = 0 or ram_is_measured, ram_energy_kwh is null and ram_is_measured is null)
            as is_ram_measured
    from repaired
),

components as (
    {% for component in ['cpu', 'gpu', 'ram'] %}
    select
        *,
        '{{ component }}' as component,
        {{ component }}_energy_kwh as energy_as_stated_kwh,
        {{ component }}_is_measured as is_measured,
        {{ "has_wrapped" if component == 'cpu' else "false" }} as is_repaired,
        is_{{ component }}_negative as is_negative,
        cast(null as double) as total_less_parts_pct
    from with_faults
    union all
    {% endfor %}
    select
        *,
        'total' as component,
        energy_kwh as energy_as_stated_kwh,
        -- a sum is measured where all that is in it is
        case
            when
                coalesce(cpu_energy_kwh, gpu_energy_kwh, ram_energy_kwh) is null
                and coalesce(cpu_is_measured, gpu_is_measured, ram_is_measured) is null
                then null
            else is_cpu_measured and is_gpu_measured and is_ram_measured
        end as is_measured,
        has_wrapped as is_repaired,
        is_cpu_negative or is_gpu_negative or is_ram_negative
        or coalesce(energy_kwh + case when has_wrapped then modulus_kwh else 0 end < 0, false) as is_negative,
        -- later versions multiply the sum by the PUE
        case
            when coalesce(cpu_energy_kwh, gpu_energy_kwh, ram_energy_kwh) is null then null
            when abs(energy_kwh - parts_kwh) <= abs(energy_kwh - parts_kwh * coalesce(pue, 1))
                then 100 * (energy_kwh - parts_kwh) / nullif(energy_kwh, 0)
            else 100 * (energy_kwh - parts_kwh * pue) / nullif(energy_kwh, 0)
        end as total_less_parts_pct
    from with_faults
),

final as (
    select
        concat(components.source_id, ':', cast(components.row_number as string), ':', components.component)
            as measurement_id,
        components.run_id,
        components.task,
        components.project,
        components.component,
        case
            when components.component = 'gpu' and components.is_measured then 'card'
            else components.boundary
        end as boundary,
        case
            -- what a tool measures of cards it reads from the cards
            when components.component = 'gpu' and components.is_measured then 'file'
            when components.boundary is null then null
            when components.boundary = sets.boundary_said then 'user'
            else 'file'
        end as boundary_said_by,
        components.is_measured,
        components.instrument,
        components.energy_as_stated_kwh,
        case
            when not components.is_negative
                then
                    components.energy_as_stated_kwh
                    + case when components.is_repaired then components.modulus_kwh else 0 end
        end as energy_kwh,
        case
            when components.is_negative
                then 'an energy below zero, which no wrap of a known counter explains'
        end as not_measured_reason,
        components.total_less_parts_pct,
        components.pue,
        case when components.is_written_again then 'run_so_far' else 'run' end as window_name,
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
