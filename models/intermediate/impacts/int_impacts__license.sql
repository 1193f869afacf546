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

factors as (
    select * from {{ ref('factors') }}
),

modelled as (
    select
        scenario_id,
        flow_id,
        selection_id,
        factor_id
    from multiplied
    where value is not null
),

of_amounts as (
    select
        modelled.scenario_id,
        modelled.flow_id,
        modelled.selection_id,
        coalesce(flow_sources.licence_id, sources.licence_id) as licence_id
    from modelled
    inner join flow_sources
        on
            modelled.scenario_id = flow_sources.scenario_id
            and modelled.flow_id = flow_sources.flow_id
    inner join sources on flow_sources.source_id = sources.source_id
),

-- a factor may stand under another licence than the rest of its source
of_factors as (
    select
        modelled.scenario_id,
        modelled.flow_id,
        modelled.selection_id,
        factors.licence_id
    from modelled
    inner join factors on modelled.factor_id = factors.factor_id
),

final as (
    select * from of_amounts
    union
    select * from of_factors
)

select * from final
