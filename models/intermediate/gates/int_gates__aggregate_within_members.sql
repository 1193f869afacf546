with

candidates as (
    select * from {{ ref('int_gates__candidates') }}
),

judged_alone as (
    select * from {{ ref('int_gates__judged_alone') }}
),

limits as (
    select * from {{ ref('gate_limits') }}
),

fallbacks as (
    select * from {{ ref('int_geographies__fallback') }}
),

final as (
    {{ aggregate_within_members('candidates', 'limits', 'fallbacks', 'judged_alone') | indent(4) }}
)

select * from final
