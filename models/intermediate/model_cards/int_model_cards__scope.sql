with

flow_amounts as (
    select * from {{ ref('flow_amounts') }}
),

functional_units as (
    select * from {{ ref('functional_units') }}
),

links as (
    select * from {{ ref('model_card_links') }}
),

-- a training scenario spends electricity on a training; an hour of hardware is none
trainings as (
    select
        flow_amounts.scenario_id,
        max(flow_amounts.scenario_title) as scenario_title,
        max(flow_amounts.factor_set_id) as factor_set_id,
        max(flow_amounts.geography_role) as geography_role,
        max(functional_units.task) as task
    from flow_amounts
    inner join functional_units on flow_amounts.functional_unit_id = functional_units.functional_unit_id
    where
        flow_amounts.service_part = 'training'
        and flow_amounts.object_id = 'electricity'
        and flow_amounts.stage_rule = 'use'
        and functional_units.unit != 'h'
    group by flow_amounts.scenario_id
),

parts as (
    select distinct
        scenario_id,
        service_part
    from flow_amounts
),

experiments_links as (
    select * from links
    where link_role = 'experiments'
),

inference_links as (
    select * from links
    where link_role = 'inference'
),

own_parts as (
    select
        trainings.scenario_id,
        parts.service_part
    from trainings
    inner join parts on trainings.scenario_id = parts.scenario_id
),

serving as (
    select distinct scenario_id
    from own_parts
    where service_part = 'inference'
),

-- idle capacity of a scenario that also answers requests waits for these and not for the training
training_parts as (
    select own_parts.*
    from own_parts
    left join serving on own_parts.scenario_id = serving.scenario_id
    where
        own_parts.service_part = 'training'
        or (own_parts.service_part = 'idle_capacity' and serving.scenario_id is null)
),

scopes as (
    select
        scenario_id,
        scenario_id as counted_scenario_id,
        service_part,
        case when service_part = 'training' then 'training' else 'idle' end as part_scope,
        cast(null as string) as sample,
        cast(null as string) as samples_parameter_name,
        cast(null as string) as link_source_id,
        cast(null as string) as link_locator
    from training_parts
    union all
    select
        scenario_id,
        scenario_id as counted_scenario_id,
        service_part,
        'whole' as part_scope,
        cast(null as string) as sample,
        cast(null as string) as samples_parameter_name,
        cast(null as string) as link_source_id,
        cast(null as string) as link_locator
    from training_parts
    union all
    select
        trainings.scenario_id,
        coalesce(experiments_links.linked_scenario_id, trainings.scenario_id) as counted_scenario_id,
        'experimentation' as service_part,
        'experiments' as part_scope,
        experiments_links.sample,
        cast(null as string) as samples_parameter_name,
        experiments_links.source_id as link_source_id,
        experiments_links.locator as link_locator
    from trainings
    left join experiments_links on trainings.scenario_id = experiments_links.scenario_id
    union all
    select
        trainings.scenario_id,
        inference_links.linked_scenario_id as counted_scenario_id,
        'inference' as service_part,
        'inference' as part_scope,
        inference_links.sample,
        inference_links.samples_parameter_name,
        inference_links.source_id as link_source_id,
        inference_links.locator as link_locator
    from trainings
    inner join inference_links on trainings.scenario_id = inference_links.scenario_id
),

final as (
    select
        scopes.scenario_id,
        trainings.scenario_title,
        trainings.factor_set_id,
        trainings.geography_role,
        trainings.task,
        scopes.part_scope,
        scopes.counted_scenario_id,
        scopes.service_part,
        scopes.sample,
        scopes.samples_parameter_name,
        scopes.link_source_id,
        scopes.link_locator
    from scopes
    inner join trainings on scopes.scenario_id = trainings.scenario_id
)

select * from final
