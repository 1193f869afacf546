-- The parts of a pool add up to what its flows cause, by each method and treatment of idle. The whole is added up anew
-- from the flows, and each method of a pool must be there: a part or a method that is lost on the way is seen.
with

allocation_pools as (
    select * from {{ ref('allocation_pools') }}
),

allocation_keys as (
    select * from {{ ref('allocation_keys') }}
),

impacts as (
    select * from {{ ref('impacts') }}
),

allocated_impacts as (
    select * from {{ ref('allocated_impacts') }}
),

views as (
    select 'location' as electricity_view
    union all
    select 'market' as electricity_view
),

methods as (
    select
        pool_id,
        allocation_method,
        'spread' as idle_treatment
    from allocation_keys
    where key_role = 'used'
    group by pool_id, allocation_method
    union all
    select
        pool_id,
        allocation_method,
        'own_part' as idle_treatment
    from allocation_keys
    where key_role = 'capacity'
),

wholes as (
    select
        allocation_pools.pool_id,
        impacts.impact_category,
        views.electricity_view,
        sum(impacts.value) as whole
    from allocation_pools
    inner join impacts on allocation_pools.scenario_id = impacts.scenario_id
    inner join views on impacts.electricity_basis in (views.electricity_view, 'not_applicable')
    where
        impacts.value is not null
        and impacts.equipment = coalesce(allocation_pools.equipment, impacts.equipment)
        and impacts.phase = coalesce(allocation_pools.phase, impacts.phase)
        and concat('; ', coalesce(allocation_pools.service_part, impacts.service_part), ';')
        like concat('%; ', impacts.service_part, ';%')
    group by allocation_pools.pool_id, impacts.impact_category, views.electricity_view
),

expected as (
    select
        methods.pool_id,
        methods.allocation_method,
        methods.idle_treatment,
        wholes.impact_category,
        wholes.electricity_view,
        wholes.whole
    from methods
    left join wholes on methods.pool_id = wholes.pool_id
),

parts as (
    select
        pool_id,
        allocation_method,
        idle_treatment,
        impact_category,
        electricity_view,
        sum(value) as parts,
        sum(share) as shares,
        count(case when recipient = 'idle' then 1 end) as idle_parts
    from allocated_impacts
    group by pool_id, allocation_method, idle_treatment, impact_category, electricity_view
),

final as (
    select
        expected.*,
        parts.parts,
        parts.shares,
        parts.idle_parts
    from expected
    full join parts
        on
            expected.pool_id = parts.pool_id
            and expected.allocation_method = parts.allocation_method
            and expected.idle_treatment = parts.idle_treatment
            and expected.impact_category = parts.impact_category
            and expected.electricity_view = parts.electricity_view
    where
        expected.whole is null
        or parts.parts is null
        or abs(parts.parts - expected.whole) > 1e-12 * abs(expected.whole)
        or abs(parts.shares - 1) > 1e-12
        or parts.idle_parts != case expected.idle_treatment when 'own_part' then 1 else 0 end
)

select * from final
