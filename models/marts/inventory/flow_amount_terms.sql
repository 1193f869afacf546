with

terms as (
    select * from {{ ref('int_flows__evaluate_terms') }}
),

parameter_values as (
    select * from {{ ref('parameter_values') }}
),

final as (
    select
        terms.scenario_id,
        terms.flow_id,
        terms.parameter_name,
        cast(terms.exponent as integer) as exponent,
        terms.value,
        terms.unit,
        parameter_values.licence_set
    from terms
    left join parameter_values
        on
            terms.scenario_id = parameter_values.scenario_id
            and terms.parameter_name = parameter_values.parameter_name
)

select * from final
