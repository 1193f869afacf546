-- The drivers of a term multiply to what its coefficient is per.
with

terms as (
    select * from {{ ref('bottom_up_terms') }}
),

drivers as (
    select * from {{ ref('int_hardware__drivers') }}
),

published as (
    select
        source_id,
        object_id,
        component,
        reference_unit
    from {{ ref('int_factors__from_hubblo_gpu') }}
    union all
    select
        source_id,
        object_id,
        component,
        reference_unit
    from {{ ref('int_factors__from_studies') }}
),

units_of_drivers as (
    select distinct
        formulation_id,
        driver,
        unit
    from drivers
),

final as (
    select distinct
        terms.formulation_id,
        terms.component,
        published.reference_unit,
        coalesce(nullif(concat_ws('*', first_one.unit, second_one.unit), ''), 'item') as unit_of_drivers
    from terms
    inner join published
        on
            terms.coefficient_source_id = published.source_id
            and terms.coefficient_object_id = published.object_id
            and terms.coefficient_component = published.component
    left join units_of_drivers as first_one
        on terms.formulation_id = first_one.formulation_id and terms.driver = first_one.driver
    left join units_of_drivers as second_one
        on terms.formulation_id = second_one.formulation_id and terms.second_driver = second_one.driver
    where
        published.reference_unit
        != coalesce(nullif(concat_ws('*', first_one.unit, second_one.unit), ''), 'item')
)

select * from final
