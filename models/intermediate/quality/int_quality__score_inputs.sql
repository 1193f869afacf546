with

inherited as (
    select * from {{ ref('int_parameters__inherit') }}
),

parameters as (
    select * from {{ ref('parameters') }}
),

multiplied as (
    select * from {{ ref('int_impacts__multiply') }}
),

final as (
    select
        inherited.scenario_id,
        'parameter' as input_kind,
        coalesce(parameters.uncertainty_id, inherited.parameter_id) as input_id,
        cast(null as string) as selection_id,
        case when inherited.unit like '%item%' or inherited.unit in ('1', 'node', 'token/request', 'request') then 'definition' else 'data' end as treatment,
        0.0006 as basic_log_variance,
        0.02 as pedigree_log_variance
    from inherited
    left join parameters on inherited.parameter_id = parameters.parameter_id
    union all
    select distinct
        scenario_id,
        'factor' as input_kind,
        concat('factor:', factor_id) as input_id,
        selection_id,
        'data' as treatment,
        0.01 as basic_log_variance,
        0.03 as pedigree_log_variance
    from multiplied
    where value is not null
)

select * from final
