-- A run asks its model 1,000 times: the energy of that phase is the energy by 1,000 inferences.
with

run_phases as (
    select * from {{ ref('stg_power_hungry__run_phases') }}
),

landed_phases as (
    select * from {{ ref('power_hungry__run_phases') }}
),

task_runs as (
    select * from {{ ref('stg_power_hungry__task_runs') }}
),

run_groups as (
    select * from {{ ref('power_hungry__run_groups') }}
),

queries as (
    select
        task_runs.inference_task,
        task_runs.is_resized,
        task_runs.project,
        run_phases.energy_kwh,
        task_runs.source_id
    from task_runs
    inner join run_phases on task_runs.run_id = run_phases.run_id
    where run_phases.run_phase = 'query model' and run_phases.energy_kwh is not null
),

-- the runs of a group, and those of one model for a task
grouped as (
    select
        run_groups.run_group_id as group_id,
        run_groups.run_group_title as title,
        queries.energy_kwh,
        queries.source_id
    from queries
    inner join run_groups
        on
            queries.inference_task = run_groups.inference_task
            and (queries.is_resized or not run_groups.resized_runs_only)
            and (
                run_groups.left_out_projects is null
                or concat(';', run_groups.left_out_projects, ';') not like concat('%;', queries.project, ';%')
            )
    union all
    select
        concat(inference_task, ':', project) as group_id,
        concat(replace(inference_task, '_', ' '), ' by ', project) as title,
        energy_kwh,
        source_id
    from queries
    where inference_task is not null
),

means as (
    select
        group_id,
        title,
        source_id,
        count(*) as runs,
        {{ ordered_sum('energy_kwh') }} / count(*) as mean_energy
    from grouped
    group by group_id, title, source_id
),

-- squared distances are summed from the runs: a difference of sums would lose most of its digits
squares as (
    select
        means.group_id,
        {{ ordered_sum('pow(grouped.energy_kwh - means.mean_energy, 2)') }} as squares
    from means
    inner join grouped on means.group_id = grouped.group_id
    group by means.group_id
),

of_groups as (
    select
        concat('power_hungry:', means.group_id, ':mean') as statistic_id,
        'mean' as quantity,
        means.mean_energy as value,
        'kWh' as unit,
        means.runs as sample_count,
        means.source_id,
        concat('Mean energy of 1,000 inferences over the query phases of the runs: ', means.title) as description
    from means
    union all
    select
        concat('power_hungry:', means.group_id, ':standard_deviation') as statistic_id,
        'standard_deviation' as quantity,
        sqrt(squares.squares / (means.runs - 1)) as value,
        'kWh' as unit,
        means.runs as sample_count,
        means.source_id,
        concat(
            'Standard deviation of the energy of 1,000 inferences over the query phases of the runs: ', means.title
        ) as description
    from means
    inner join squares on means.group_id = squares.group_id
    where means.runs > 1
),

landed as (
    select count(*) as row_count from landed_phases
),

-- a sum over all runs is one only where no row was rejected and no cell voided
totals as (
    select
        run_phases.source_id,
        count(distinct run_phases.run_id) as runs,
        case
            when count(*) = landed.row_count and count(run_phases.energy_kwh) = count(*)
                then {{ ordered_sum('run_phases.energy_kwh') }}
        end as energy,
        case
            when count(*) = landed.row_count and count(run_phases.gpu_energy_kwh) = count(*)
                then {{ ordered_sum('run_phases.gpu_energy_kwh') }}
        end as gpu_energy,
        case
            when count(*) = landed.row_count and count(run_phases.emissions_kgco2e) = count(*)
                then {{ ordered_sum('run_phases.emissions_kgco2e') }}
        end as emissions
    from run_phases
    cross join landed
    group by run_phases.source_id, landed.row_count
),

of_all_runs as (
    select
        'power_hungry:all_runs:energy' as statistic_id,
        'sum' as quantity,
        energy as value,
        'kWh' as unit,
        runs as sample_count,
        source_id,
        'Energy of processors, graphics cards and memory, all phases of all runs' as description
    from totals
    union all
    select
        'power_hungry:all_runs:gpu_energy' as statistic_id,
        'sum' as quantity,
        gpu_energy as value,
        'kWh' as unit,
        runs as sample_count,
        source_id,
        'Energy of the graphics cards, all phases of all runs' as description
    from totals
    union all
    select
        'power_hungry:all_runs:emissions' as statistic_id,
        'sum' as quantity,
        emissions as value,
        'kgCO2e' as unit,
        runs as sample_count,
        source_id,
        'Emissions that CodeCarbon logged, all phases of all runs' as description
    from totals
    union all
    select
        'power_hungry:all_runs:runs' as statistic_id,
        'count' as quantity,
        cast(runs as double) as value,
        'item' as unit,
        runs as sample_count,
        source_id,
        'Logged runs' as description
    from totals
),

found as (
    select * from of_groups
    union all
    select * from of_all_runs
),

final as (
    select
        statistic_id,
        quantity,
        value,
        unit,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        cast(sample_count as integer) as sample_count,
        source_id,
        cast(null as string) as licence_id,
        description
    from found
    where value is not null
)

select * from final
