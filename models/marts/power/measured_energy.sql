with

final as (
    select * from {{ ref('int_power__measure') }}
)

select * from final
