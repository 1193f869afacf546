-- A part of a scenario stands in one role of an amortisation, and a print not beside what it is a print of; what is
-- divided by the functional units of a scenario is the cost of that scenario; named parts and parameters exist.
with

amortisations as (
    select * from {{ ref('amortisations') }}
),

amortisation_roles as (
    select * from {{ ref('amortisation_roles') }}
),

cells as (
    select distinct
        scenario_id,
        service_part,
        phase
    from {{ ref('impacts_by_part_stage_category') }}
),

published_values as (
    select * from {{ ref('published_values') }}
),

parameter_values as (
    select * from {{ ref('parameter_values') }}
),

service_parts as (
    select * from {{ ref('service_parts') }}
),

counted as (
    select
        amortisation_roles.amortisation_id,
        cells.scenario_id,
        cells.service_part,
        cells.phase
    from amortisation_roles
    inner join cells
        on
            amortisation_roles.cost_scenario_id = cells.scenario_id
            and (amortisation_roles.phase is null or amortisation_roles.phase = cells.phase)
            and (
                amortisation_roles.service_part is null
                or concat(';', amortisation_roles.service_part, ';') like concat('%;', cells.service_part, ';%')
            )
),

printed as (
    select
        amortisation_roles.amortisation_id,
        published_values.scenario_id,
        amortisation_roles.phase
    from amortisation_roles
    inner join published_values on amortisation_roles.cost_published_value_id = published_values.published_value_id
),

final as (
    select
        amortisation_id,
        concat(scenario_id, ' ', service_part, ' ', phase, ' is counted twice') as finding
    from counted
    group by amortisation_id, scenario_id, service_part, phase
    having count(*) > 1
    union all
    select distinct
        printed.amortisation_id,
        concat(printed.scenario_id, ' ', printed.phase, ' is printed and computed') as finding
    from printed
    inner join counted
        on
            printed.amortisation_id = counted.amortisation_id
            and printed.scenario_id = counted.scenario_id
            and printed.phase = counted.phase
    union all
    select
        amortisation_roles.amortisation_id,
        concat(amortisation_roles.cost_scenario_id, ' is not the scenario whose functional units divide it') as finding
    from amortisation_roles
    inner join amortisations on amortisation_roles.amortisation_id = amortisations.amortisation_id
    where
        amortisation_roles.role = 'inference'
        and amortisation_roles.cost_scenario_id != amortisations.inference_scenario_id
    union all
    select
        amortisations.amortisation_id,
        'its scenario has no parameter of the name given for functional units or volume' as finding
    from amortisations
    left join parameter_values
        on
            amortisations.inference_scenario_id = parameter_values.scenario_id
            and parameter_values.parameter_name in (
                amortisations.functional_units_parameter, amortisations.volume_per_year_parameter
            )
    group by amortisations.amortisation_id, amortisations.volume_per_year_parameter
    having
        count(parameter_values.parameter_name)
        < case when amortisations.volume_per_year_parameter is null then 1 else 2 end
    union all
    select
        amortisation_roles.amortisation_id,
        concat(amortisation_roles.service_part, ' names a part that is none') as finding
    from amortisation_roles
    left join service_parts
        on
            concat(';', amortisation_roles.service_part, ';')
            like concat('%;', service_parts.service_part, ';%')
    where amortisation_roles.service_part is not null
    group by
        amortisation_roles.amortisation_id,
        amortisation_roles.role,
        amortisation_roles.cost_scenario_id,
        amortisation_roles.service_part
    having
        count(service_parts.service_part)
        <= length(amortisation_roles.service_part) - length(replace(amortisation_roles.service_part, ';', ''))
)

select * from final
