with

inherited as (
    select * from {{ ref('int_parameters__inherit') }}
),

parameters as (
    select * from {{ ref('parameters') }}
),

-- a parameter that a statistic of measured runs gives varies alone
final as (
    select
        inherited.scenario_id,
        inherited.parameter_name,
        coalesce(parameters.uncertainty_id, inherited.parameter_id) as input_id,
        inherited.value,
        case when inherited.is_ranged then inherited.value_low end as value_low,
        case when inherited.is_ranged then inherited.value_high end as value_high,
        inherited.unit,
        case
            when not inherited.is_ranged then null
            when parameters.parameter_id is null then 'range of the measured statistic'
            else coalesce(parameters.range_kind, 'not stated')
        end as range_kind,
        inherited.source_id
    from inherited
    left join parameters
        on
            inherited.parameter_id = parameters.parameter_id
            and inherited.statistic_id is null
)

select * from final
