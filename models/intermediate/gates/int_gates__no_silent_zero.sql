with

candidates as (
    select * from {{ ref('int_gates__candidates') }}
),

limits as (
    select * from {{ ref('gate_limits') }}
),

final as (
    {{ no_silent_zero('candidates', 'limits') | indent(4) }}
)

select * from final
