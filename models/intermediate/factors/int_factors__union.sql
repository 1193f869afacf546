with

studies as (
    select * from {{ ref('int_factors__from_studies') }}
),

ademe_base_carbone as (
    select * from {{ ref('int_factors__from_ademe_base_carbone') }}
),

networks as (
    select * from {{ ref('int_factors__from_networks') }}
),

final as (
    select * from studies
    union all
    select * from ademe_base_carbone
    union all
    select * from networks
)

select * from final
