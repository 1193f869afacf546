with

candidates as (
    select * from {{ ref('int_gates__candidates') }}
),

limits as (
    select * from {{ ref('gate_limits') }}
),

fallbacks as (
    select * from {{ ref('int_geographies__fallback') }}
),

final as (
    {{ fallback_is_visible('candidates', 'limits', 'fallbacks') | indent(4) }}
)

select * from final
