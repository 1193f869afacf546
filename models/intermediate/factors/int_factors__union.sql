with

studies as (
    select * from {{ ref('int_factors__from_studies') }}
),

ademe_base_carbone as (
    select * from {{ ref('int_factors__from_ademe_base_carbone') }}
),

final as (
    select * from studies
    union all
    select * from ademe_base_carbone
)

select * from final
