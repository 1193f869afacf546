with

final as (
    select * from {{ ref('int_power__divide_by_work') }}
)

select * from final
