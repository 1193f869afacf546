with

values_in_use as (
    select * from {{ ref('int_parameters__derive') }}
),

inherited as (
    select * from {{ ref('int_parameters__inherit') }}
),

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

derived_parameters as (
    select
        *,
        {{ seed_row_number() }} as row_number
    from {{ ref('derived_parameters') }}
),

parameter_trace as (
    select * from {{ ref('parameter_trace') }}
),

sources as (
    select * from {{ ref('sources') }}
),

seed_files as (
    select * from {{ source('raw', 'seed_files') }}
),

-- a derived parameter rests on the stated ones that it is computed from
cited as (
    select
        parameter_trace.scenario_id,
        parameter_trace.parameter_name,
        inherited.source_id,
        inherited.licence_id
    from parameter_trace
    inner join inherited
        on
            parameter_trace.scenario_id = inherited.scenario_id
            and parameter_trace.stated_parameter_name = inherited.parameter_name
    union
    select
        values_in_use.scenario_id,
        values_in_use.parameter_name,
        derived_parameters.source_id,
        cast(null as string) as licence_id
    from values_in_use
    inner join scenarios on values_in_use.scenario_id = scenarios.scenario_id
    inner join derived_parameters
        on
            scenarios.model_id = derived_parameters.model_id
            and values_in_use.parameter_name = derived_parameters.parameter_name
    where values_in_use.method != 'stated'
),

licence_sets as (
    select
        cited.scenario_id,
        cited.parameter_name,
        {{ distinct_list('coalesce(cited.licence_id, sources.licence_id)') }} as licence_set
    from cited
    inner join sources on cited.source_id = sources.source_id
    group by cited.scenario_id, cited.parameter_name
),

final as (
    select
        values_in_use.scenario_id,
        values_in_use.parameter_name,
        inherited.parameter_id,
        values_in_use.value,
        case when values_in_use.is_ranged then values_in_use.value_low end as value_low,
        case when values_in_use.is_ranged then values_in_use.value_high end as value_high,
        values_in_use.unit,
        values_in_use.method,
        coalesce(inherited.kind, 'derived') as kind,
        inherited.as_printed,
        inherited.printed_unit,
        coalesce(inherited.source_id, derived_parameters.source_id) as source_id,
        coalesce(inherited.locator, derived_parameters.locator) as locator,
        inherited.statistic_id,
        seed_files.file_path,
        seed_files.file_sha256,
        coalesce(inherited.row_number, derived_parameters.row_number) as row_number,
        licence_sets.licence_set
    from values_in_use
    inner join scenarios on values_in_use.scenario_id = scenarios.scenario_id
    left join inherited
        on
            values_in_use.scenario_id = inherited.scenario_id
            and values_in_use.parameter_name = inherited.parameter_name
    left join derived_parameters
        on
            scenarios.model_id = derived_parameters.model_id
            and values_in_use.parameter_name = derived_parameters.parameter_name
            and values_in_use.method != 'stated'
    left join licence_sets
        on
            values_in_use.scenario_id = licence_sets.scenario_id
            and values_in_use.parameter_name = licence_sets.parameter_name
    left join seed_files
        on seed_files.seed_name = case
            when values_in_use.method = 'stated' then inherited.seed_name
            else 'derived_parameters'
        end
)

select * from final
