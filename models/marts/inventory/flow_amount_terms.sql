with

terms as (
    select * from {{ ref('int_flows__evaluate_terms') }}
),

final as (
    select
        scenario_id,
        flow_id,
        parameter_name,
        cast(exponent as integer) as exponent,
        value,
        unit
    from terms
)

select * from final
