with

candidates as (
    select * from {{ ref('int_gates__candidates') }}
),

final as (
    {{ unit_of_indicator('candidates') | indent(4) }}
)

select * from final
