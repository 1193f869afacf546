-- Where a seed prints a plain number for a published parameter or factor, the value is that number.
with

parameters as (
    select
        'parameters' as seed_name,
        parameter_id as row_id,
        value,
        as_printed
    from {{ ref('parameters') }}
    where kind = 'published'
),

study_factors as (
    select
        'study_factors' as seed_name,
        factor_id as row_id,
        value,
        as_printed
    from {{ ref('study_factors') }}
),

stated as (
    select * from parameters
    union all
    select * from study_factors
),

final as (
    select *
    from stated
    where abs(try_cast(replace(as_printed, ',', '') as double) - value) > 1e-9 * abs(value)
)

select * from final
