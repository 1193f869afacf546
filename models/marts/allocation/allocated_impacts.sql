with

allocation_pools as (
    select * from {{ ref('allocation_pools') }}
),

allocation_keys as (
    select * from {{ ref('allocation_keys') }}
),

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

impacts as (
    select * from {{ ref('impacts') }}
),

parameter_values as (
    select * from {{ ref('parameter_values') }}
),

units as (
    select * from {{ ref('units') }}
),

sources as (
    select * from {{ ref('sources') }}
),

views as (
    select 'location' as electricity_view
    union all
    select 'market' as electricity_view
),

treatments as (
    select 'own_part' as idle_treatment
    union all
    select 'spread' as idle_treatment
),

pools as (
    select
        allocation_pools.pool_id,
        impacts.impact_category,
        views.electricity_view,
        max(impacts.unit) as unit,
        count(case when impacts.state in ('modelled', 'not_modelled', 'withheld') then 1 end) as flows_expected,
        count(case when impacts.state = 'modelled' then 1 end) as flows_modelled,
        {{ ordered_sum('impacts.value') }} as pool_value,
        {{ distinct_list("case when impacts.state = 'modelled' then impacts.licence_set end") }} as licence_sets
    from allocation_pools
    inner join impacts
        on
            allocation_pools.scenario_id = impacts.scenario_id
            and (allocation_pools.equipment is null or allocation_pools.equipment = impacts.equipment)
            and (allocation_pools.phase is null or allocation_pools.phase = impacts.phase)
            and (
                allocation_pools.service_part is null
                or concat('; ', allocation_pools.service_part, ';') like concat('%; ', impacts.service_part, ';%')
            )
    inner join views on impacts.electricity_basis in (views.electricity_view, 'not_applicable')
    group by allocation_pools.pool_id, impacts.impact_category, views.electricity_view
),

keys_with_parameters as (
    select
        allocation_keys.*,
        allocation_pools.scenario_id,
        {{ split_list('allocation_keys.parameter_names') }} as parameters_listed
    from allocation_keys
    inner join allocation_pools on allocation_keys.pool_id = allocation_pools.pool_id
    where allocation_keys.parameter_names is not null
),

parameters_of_keys as (
    select
        pool_id,
        allocation_method,
        recipient,
        scenario_id,
        parameter_name
    from {{ exploded('keys_with_parameters', 'parameters_listed', 'parameter_name') }}
),

multiplied as (
    select
        parameters_of_keys.pool_id,
        parameters_of_keys.allocation_method,
        parameters_of_keys.recipient,
        case
            when count(*) = count(parameter_values.value) then {{ product('parameter_values.value') }}
        end as quantity,
        {{ distinct_list('parameter_values.licence_set') }} as licence_sets
    from parameters_of_keys
    left join parameter_values
        on
            parameters_of_keys.scenario_id = parameter_values.scenario_id
            and parameters_of_keys.parameter_name = parameter_values.parameter_name
    group by parameters_of_keys.pool_id, parameters_of_keys.allocation_method, parameters_of_keys.recipient
),

valued as (
    select
        allocation_keys.pool_id,
        allocation_keys.allocation_method,
        allocation_keys.recipient,
        allocation_keys.key_role,
        allocation_keys.kind,
        units.canonical_unit,
        coalesce(allocation_keys.quantity * units.to_canonical_factor, multiplied.quantity) as quantity,
        concat_ws('; ', sources.licence_id, multiplied.licence_sets) as licence_sets
    from allocation_keys
    left join units on allocation_keys.unit = units.unit
    left join sources on allocation_keys.source_id = sources.source_id
    left join multiplied
        on
            allocation_keys.pool_id = multiplied.pool_id
            and allocation_keys.allocation_method = multiplied.allocation_method
            and allocation_keys.recipient = multiplied.recipient
),

-- a key without a value leaves its whole method without shares
totals as (
    select
        pool_id,
        allocation_method,
        max(canonical_unit) as key_unit,
        {{ distinct_list('kind') }} as key_kinds,
        case
            when count(*) = count(quantity) then {{ ordered_sum("case when key_role = 'used' then quantity end") }}
        end as used,
        max(case when key_role = 'capacity' then quantity end) as capacity,
        {{ distinct_list('licence_sets') }} as licence_sets
    from valued
    group by pool_id, allocation_method
),

-- the lowest and highest share tell of the keys of the other methods too
licences_of_all_methods as (
    select
        pool_id,
        {{ split_list(distinct_list('licence_sets')) }} as licences
    from totals
    group by pool_id
),

compared_licence_sets as (
    select
        pool_id,
        {{ distinct_list('licence_id') }} as compared_licence_set
    from {{ exploded('licences_of_all_methods', 'licences', 'licence_id') }}
    group by pool_id
),

parts as (
    select
        totals.pool_id,
        totals.allocation_method,
        treatments.idle_treatment,
        valued.recipient,
        totals.key_unit,
        totals.key_kinds,
        totals.capacity is not null as is_idle_known,
        totals.licence_sets,
        case valued.key_role
            when 'used' then valued.quantity
            else totals.capacity - totals.used
        end as key_quantity,
        case treatments.idle_treatment
            when 'own_part' then totals.capacity
            else totals.used
        end as whole
    from totals
    cross join treatments
    inner join valued
        on
            totals.pool_id = valued.pool_id
            and totals.allocation_method = valued.allocation_method
    where
        (treatments.idle_treatment = 'own_part' and totals.capacity is not null)
        or (treatments.idle_treatment = 'spread' and valued.key_role = 'used')
),

shares as (
    select
        *,
        key_quantity / whole as share
    from parts
),

compared as (
    select
        *,
        min(share) over (partition by pool_id, recipient, idle_treatment) as share_lowest,
        max(share) over (partition by pool_id, recipient, idle_treatment) as share_highest
    from shares
),

allocated as (
    select
        compared.*,
        allocation_pools.scenario_id,
        scenarios.functional_unit_id,
        pools.impact_category,
        pools.electricity_view,
        pools.unit,
        pools.flows_expected,
        pools.flows_modelled,
        pools.pool_value,
        compared.share * pools.pool_value as value,
        {{ split_list("concat_ws('; ', pools.licence_sets, compared.licence_sets)") }} as licences
    from compared
    inner join allocation_pools on compared.pool_id = allocation_pools.pool_id
    inner join scenarios on allocation_pools.scenario_id = scenarios.scenario_id
    inner join pools on compared.pool_id = pools.pool_id
    where pools.flows_modelled > 0
),

licence_sets as (
    select
        pool_id,
        allocation_method,
        impact_category,
        electricity_view,
        {{ distinct_list('licence_id') }} as licence_set
    from {{ exploded('allocated', 'licences', 'licence_id') }}
    group by pool_id, allocation_method, impact_category, electricity_view
),

final as (
    select
        allocated.pool_id,
        allocated.allocation_method,
        allocated.idle_treatment,
        allocated.recipient,
        allocated.impact_category,
        allocated.electricity_view,
        allocated.scenario_id,
        allocated.functional_unit_id,
        allocated.key_quantity,
        allocated.key_unit,
        allocated.key_kinds,
        allocated.is_idle_known,
        allocated.share,
        allocated.pool_value,
        allocated.value,
        allocated.unit,
        case when allocated.flows_modelled = allocated.flows_expected then 'complete' else 'partial' end
            as completeness,
        allocated.share_lowest,
        allocated.share_highest,
        allocated.share_highest / nullif(allocated.share_lowest, 0) as highest_by_lowest,
        licence_sets.licence_set,
        compared_licence_sets.compared_licence_set
    from allocated
    left join compared_licence_sets on allocated.pool_id = compared_licence_sets.pool_id
    left join licence_sets
        on
            allocated.pool_id = licence_sets.pool_id
            and allocated.allocation_method = licence_sets.allocation_method
            and allocated.impact_category = licence_sets.impact_category
            and allocated.electricity_view = licence_sets.electricity_view
)

select * from final
