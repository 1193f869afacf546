with

factors as (
    select * from {{ ref('factors') }}
),

objects as (
    select * from {{ ref('objects') }}
),

described as (
    select
        factors.*,
        coalesce(factors.life_cycle_stage, 'not stated') as covered_stage,
        coalesce(factors.geography_id, factors.geography_as_stated, 'not stated') as covered_geography,
        coalesce(cast(factors.reference_year as string), 'not stated') as covered_year,
        coalesce(objects.object_class, 'other') as object_class
    from factors
    left join objects on factors.object_id = objects.object_id
),

final as (
    select
        source_id,
        indicator_id,
        impact_category,
        covered_stage,
        covered_geography,
        covered_year,
        {{ distinct_list('object_class') }} as covered_classes,
        {{ distinct_list('licence_id') }} as licence_set,
        cast(count(*) as integer) as factors_listed,
        cast(count(case when is_eligible then 1 end) as integer) as factors_eligible
    from described
    group by
        source_id,
        indicator_id,
        impact_category,
        covered_stage,
        covered_geography,
        covered_year,
        -- a source may hold data under two share-alike licences, which may not stand in one row
        licence_id
)

select * from final
