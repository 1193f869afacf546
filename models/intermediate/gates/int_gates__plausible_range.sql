with

candidates as (
    select * from {{ ref('int_gates__candidates') }}
),

limits as (
    select * from {{ ref('gate_limits') }}
),

final as (
    {{ plausible_range('candidates', 'limits') | indent(4) }}
)

select * from final
