{%- set indicators = ['reliability', 'completeness', 'time', 'geography', 'technology'] -%}
with

terms as (
    select * from {{ ref('int_flows__evaluate_terms') }}
),

parameter_trace as (
    select * from {{ ref('parameter_trace') }}
),

rated_parameters as (
    select * from {{ ref('int_quality__rate_parameters') }}
),

scored_inputs as (
    select * from {{ ref('int_quality__score_inputs') }}
    where input_kind = 'parameter'
),

-- an input may reach a flow on several ways: it is still one
rested_on as (
    select distinct
        terms.scenario_id,
        terms.flow_id,
        rated_parameters.uncertainty_id as input_id
    from terms
    inner join parameter_trace
        on
            terms.scenario_id = parameter_trace.scenario_id
            and terms.parameter_name = parameter_trace.parameter_name
    inner join rated_parameters
        on
            parameter_trace.scenario_id = rated_parameters.scenario_id
            and parameter_trace.stated_parameter_name = rated_parameters.parameter_name
),

final as (
    select
        rested_on.scenario_id,
        rested_on.flow_id,
        rested_on.input_id,
        {%- for indicator in indicators %}
        scored_inputs.{{ indicator }}_score,
        {%- endfor %}
        greatest(
            {%- for indicator in indicators %}
            scored_inputs.{{ indicator }}_score{{ ',' if not loop.last }}
            {%- endfor %}
        ) as worst_score
    from rested_on
    inner join scored_inputs
        on
            rested_on.scenario_id = scored_inputs.scenario_id
            and rested_on.input_id = scored_inputs.input_id
)

select * from final
