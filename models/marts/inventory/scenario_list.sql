with

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

functional_units as (
    select * from {{ ref('functional_units') }}
),

service_models as (
    select * from {{ ref('service_models') }}
),

parameter_values as (
    select * from {{ ref('parameter_values') }}
),

sources as (
    select * from {{ ref('sources') }}
),

-- whose words and numbers a scenario is made of
cited as (
    select
        scenario_id,
        source_id
    from parameter_values
    where source_id is not null

    union all

    select
        scenarios.scenario_id,
        service_models.source_id
    from scenarios
    inner join service_models on scenarios.model_id = service_models.model_id
),

licensed as (
    select
        cited.scenario_id,
        {{ distinct_list('sources.licence_id') }} as licence_set
    from cited
    inner join sources on cited.source_id = sources.source_id
    group by cited.scenario_id
),

final as (
    select
        scenarios.scenario_id,
        scenarios.scenario_title,
        scenarios.model_id,
        scenarios.parent_scenario_id,
        scenarios.factor_set_id,
        scenarios.functional_unit_id,
        functional_units.functional_quantity,
        functional_units.unit as functional_unit,
        functional_units.task,
        functional_units.quality_constraint,
        scenarios.period_start,
        scenarios.period_end,
        scenarios.reference_year,
        scenarios.year_basis,
        licensed.licence_set
    from scenarios
    left join functional_units on scenarios.functional_unit_id = functional_units.functional_unit_id
    left join licensed on scenarios.scenario_id = licensed.scenario_id
)

select * from final
