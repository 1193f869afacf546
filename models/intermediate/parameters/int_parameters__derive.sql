with

inherited as (
    select * from {{ ref('int_parameters__inherit') }}
),

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

derived_parameters as (
    select * from {{ ref('derived_parameters') }}
),

derived_parameter_inputs as (
    select * from {{ ref('derived_parameter_inputs') }}
),

{{ derive_parameters('inherited', keys=['scenario_id'], result='final') }}

select * from final
