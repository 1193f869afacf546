with

amounts as (
    select * from {{ ref('int_flows__multiply') }}
),

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

flows as (
    select * from {{ ref('flows') }}
),

places as (
    select * from {{ ref('int_scenarios__place') }}
),

flow_sources as (
    select * from {{ ref('int_flows__cite') }}
),

sources as (
    select * from {{ ref('sources') }}
),

licence_sets as (
    select
        flow_sources.scenario_id,
        flow_sources.flow_id,
        {{ distinct_list('coalesce(flow_sources.licence_id, sources.licence_id)') }} as licence_set
    from flow_sources
    inner join sources on flow_sources.source_id = sources.source_id
    group by flow_sources.scenario_id, flow_sources.flow_id
),

final as (
    select
        amounts.scenario_id,
        scenarios.scenario_title,
        scenarios.parent_scenario_id,
        scenarios.model_id,
        scenarios.functional_unit_id,
        scenarios.factor_set_id,
        scenarios.reference_year,
        scenarios.year_basis,
        amounts.flow_id,
        flows.flow_title,
        flows.service_part,
        flows.equipment,
        flows.object_id,
        flows.component,
        flows.stage_rule,
        flows.scales_with,
        flows.energy_boundary,
        flows.geography_role,
        places.geography_id,
        amounts.amount,
        amounts.amount_low,
        amounts.amount_high,
        flows.unit as amount_unit,
        cast(amounts.terms_expected as integer) as terms_expected,
        cast(amounts.terms_valued as integer) as terms_valued,
        flows.source_id,
        flows.locator,
        licence_sets.licence_set
    from amounts
    inner join scenarios on amounts.scenario_id = scenarios.scenario_id
    inner join flows on amounts.flow_id = flows.flow_id
    left join licence_sets
        on
            amounts.scenario_id = licence_sets.scenario_id
            and amounts.flow_id = licence_sets.flow_id
    left join places
        on
            amounts.scenario_id = places.scenario_id
            and flows.geography_role = places.geography_role
)

select * from final
