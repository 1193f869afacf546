-- What BoaviztAPI 2.5.0 puts out for cards that it describes in full comes out of its formulation.
-- Empty where its files are not landed.
with

factors as (
    select * from {{ ref('factors') }}
),

cards as (
    select * from {{ ref('stg_boaviztapi__gpu_specs') }}
),

newest as (
    select max(release_id) as release_id
    from cards
),

printed as (
    select
        object_id,
        impact_category,
        value
    from factors
    where source_id = 'boaviztapi_2_5_0' and is_total
),

derived as (
    select
        object_id,
        impact_category,
        sum(value) as value
    from factors
    where source_id = 'bottom_up_boavizta' and is_total
    group by object_id, impact_category
    having count(ineligible_reason) = 0
),

final as (
    select
        printed.object_id,
        printed.impact_category,
        printed.value as printed_value,
        derived.value as derived_value
    from printed
    inner join derived
        on printed.object_id = derived.object_id and printed.impact_category = derived.impact_category
    inner join newest on newest.release_id = '2.5.0'
    -- printed in four to five digits
    where abs(derived.value / printed.value - 1) > 0.0002
)

select * from final
