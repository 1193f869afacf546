with

terms as (
    select * from {{ ref('int_flows__evaluate_terms') }}
),

trace as (
    select * from {{ ref('parameter_trace') }}
),

inherited as (
    select * from {{ ref('int_parameters__inherit') }}
),

flows as (
    select * from {{ ref('flows') }}
),

cited_by_parameters as (
    select
        terms.scenario_id,
        terms.flow_id,
        inherited.source_id,
        inherited.licence_id
    from terms
    inner join trace
        on
            terms.scenario_id = trace.scenario_id
            and terms.parameter_name = trace.parameter_name
    inner join inherited
        on
            trace.scenario_id = inherited.scenario_id
            and trace.stated_parameter_name = inherited.parameter_name
),

cited_by_flows as (
    select
        terms.scenario_id,
        terms.flow_id,
        flows.source_id,
        cast(null as string) as licence_id
    from terms
    inner join flows on terms.flow_id = flows.flow_id
),

final as (
    select * from cited_by_parameters
    union
    select * from cited_by_flows
)

select * from final
