with

candidates as (
    select * from {{ ref('int_gates__candidates') }}
),

limits as (
    select * from {{ ref('gate_limits') }}
),

final as (
    {{ distinct_objects_differ('candidates', 'limits') | indent(4) }}
)

select * from final
