-- A parameter outside of what its name allows is a slip of sign, unit or digits. The confidence interval of a measured
-- statistic may reach beyond: an intercept that is near zero has an end below it.
with

parameter_values as (
    select * from {{ ref('parameter_values') }}
),

parameter_limits as (
    select * from {{ ref('parameter_limits') }}
),

final as (
    select
        parameter_values.scenario_id,
        parameter_values.parameter_name,
        parameter_values.value,
        parameter_values.value_low,
        parameter_values.value_high,
        parameter_limits.lowest,
        parameter_limits.highest
    from parameter_values
    inner join parameter_limits
        on
            parameter_values.parameter_name like parameter_limits.name_pattern
            and parameter_values.unit = coalesce(parameter_limits.unit, parameter_values.unit)
    where
        parameter_values.value < parameter_limits.lowest
        or parameter_values.value > parameter_limits.highest
        or (parameter_values.value_low < parameter_limits.lowest and parameter_values.kind != 'measured')
        or (parameter_values.value_high > parameter_limits.highest and parameter_values.kind != 'measured')
)

select * from final
