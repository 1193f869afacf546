with

candidates as (
    select * from {{ ref('int_gates__candidates') }}
),

limits as (
    select * from {{ ref('gate_limits') }}
),

-- what Cradle reckons itself from equal parts is equal by right
printed as (
    select * from candidates
    where as_printed is not null
),

final as (
    {{ distinct_objects_differ('printed', 'limits') | indent(4) }}
)

select * from final
