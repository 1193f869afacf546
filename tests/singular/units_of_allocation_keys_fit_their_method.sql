-- All keys of a pool and method are in the unit of the method, and so is what the parameters of a key multiply to.
with

allocation_keys as (
    select * from {{ ref('allocation_keys') }}
),

allocation_methods as (
    select * from {{ ref('allocation_methods') }}
),

allocation_pools as (
    select * from {{ ref('allocation_pools') }}
),

parameter_values as (
    select * from {{ ref('parameter_values') }}
),

units as (
    select * from {{ ref('units') }}
),

unit_dimensions as (
    select * from {{ ref('unit_dimensions') }}
),

keys_with_units as (
    select
        allocation_keys.pool_id,
        allocation_keys.allocation_method,
        allocation_keys.recipient,
        allocation_keys.parameter_names,
        allocation_pools.scenario_id,
        units.canonical_unit,
        allocation_methods.unit as method_unit
    from allocation_keys
    left join units on allocation_keys.unit = units.unit
    left join allocation_methods on allocation_keys.allocation_method = allocation_methods.allocation_method
    left join allocation_pools on allocation_keys.pool_id = allocation_pools.pool_id
),

expected as (
    select
        keys_with_units.pool_id,
        keys_with_units.allocation_method,
        keys_with_units.recipient,
        unit_dimensions.base_unit,
        unit_dimensions.exponent
    from keys_with_units
    inner join unit_dimensions on keys_with_units.method_unit = unit_dimensions.canonical_unit
    where keys_with_units.parameter_names is not null
),

multiplied as (
    select
        keys_with_units.pool_id,
        keys_with_units.allocation_method,
        keys_with_units.recipient,
        unit_dimensions.base_unit,
        sum(unit_dimensions.exponent) as exponent
    from keys_with_units
    inner join parameter_values
        on
            keys_with_units.scenario_id = parameter_values.scenario_id
            and concat('; ', keys_with_units.parameter_names, ';')
            like concat('%; ', parameter_values.parameter_name, ';%')
    inner join unit_dimensions on parameter_values.unit = unit_dimensions.canonical_unit
    group by
        keys_with_units.pool_id,
        keys_with_units.allocation_method,
        keys_with_units.recipient,
        unit_dimensions.base_unit
),

differing as (
    {{ differing_exponents('multiplied', 'expected', ['pool_id', 'allocation_method', 'recipient']) }}
),

final as (
    select
        pool_id,
        allocation_method,
        recipient
    from differing
    union all
    select
        pool_id,
        allocation_method,
        recipient
    from keys_with_units
    where coalesce(canonical_unit, '') != method_unit
)

select * from final
