with

multiplied as (
    select * from {{ ref('int_impacts__multiply') }}
),

flow_sources as (
    select * from {{ ref('int_flows__cite') }}
),

sources as (
    select * from {{ ref('sources') }}
),

modelled as (
    select
        scenario_id,
        flow_id,
        selection_id,
        factor_source_id
    from multiplied
    where value is not null
),

cited as (
    select
        modelled.scenario_id,
        modelled.flow_id,
        modelled.selection_id,
        flow_sources.source_id
    from modelled
    inner join flow_sources
        on
            modelled.scenario_id = flow_sources.scenario_id
            and modelled.flow_id = flow_sources.flow_id
    union
    select
        scenario_id,
        flow_id,
        selection_id,
        factor_source_id as source_id
    from modelled
),

final as (
    select distinct
        cited.scenario_id,
        cited.flow_id,
        cited.selection_id,
        sources.licence_id
    from cited
    inner join sources on cited.source_id = sources.source_id
)

select * from final
